//! What answers the words typed, wherever it stands: each part of the convention is named, with its first passages.
//! Invariant: a part that answers is always listed, however many passages it has; the rest of them are one press away.
import { ChevronRight, SearchX } from "lucide-react";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { fr, quote } from "../../text/fr";
import styles from "./Annexes.module.css";
import type { Hit, Part } from "./search";
import { Marked } from "./Terms";

const SHOWN = 4;

interface ResultsProps {
  typed: string;
  hits: Record<Part, readonly Hit[]>;
  parts: readonly { id: Part; label: string }[];
  onGo: (part: Part, hit: Hit | null) => void;
  onClear: () => void;
}

export function Results({ typed, hits, parts, onGo, onClear }: ResultsProps) {
  const answering = parts.filter(({ id }) => hits[id].length > 0);
  if (answering.length === 0) {
    return (
      <EmptyState
        icon={SearchX}
        title={fr`Rien ne répond à ${quote(typed)} dans la convention`}
        action={<Button onPress={onClear}>Effacer la recherche</Button>}
      >
        Essayez un mot plus court, ou le sigle du logiciel.
      </EmptyState>
    );
  }
  return (
    <div className={styles.results}>
      {answering.map(({ id, label }) => (
        <Card key={id} title={label} count={hits[id].length}>
          <ul className={styles.hits}>
            {hits[id].slice(0, SHOWN).map((hit) => (
              <li key={hit.id}>
                <button type="button" onClick={() => onGo(id, hit)}>
                  <span>
                    <strong>
                      <Marked>{hit.title}</Marked>
                    </strong>
                    {hit.text && (
                      <span className={styles.source}>
                        <Marked>{hit.text}</Marked>
                      </span>
                    )}
                  </span>
                  <ChevronRight size={18} aria-hidden />
                </button>
              </li>
            ))}
          </ul>
          {hits[id].length > SHOWN && (
            <div>
              <Button size="small" onPress={() => onGo(id, null)}>
                {fr`Voir les ${hits[id].length} réponses de cette partie`}
              </Button>
            </div>
          )}
        </Card>
      ))}
    </div>
  );
}
