//! Open dossiers that may already say the same: to read, or to complete instead of making another.
//! Invariant: nothing is joined without being asked; « Ce n’est pas le même » only puts the question away.
import { FolderSearch } from "lucide-react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { RelativeTime } from "../../components/RelativeTime";
import type { TicketRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Report.module.css";

interface SimilarProps {
  tickets: readonly TicketRow[];
  onJoin: (ticket: TicketRow) => void;
  joining: boolean;
}

/** Beside the questions. */
export function SimilarCard({ tickets, onJoin, joining }: SimilarProps) {
  return (
    <Card title={"Déjà signalé\u202f?"} icon={FolderSearch}>
      <p className={styles.quiet}>Ces dossiers sont ouverts au même endroit. Le vôtre y est peut-être déjà.</p>
      <Tickets tickets={tickets} onJoin={onJoin} joining={joining} words="C’est le même" />
    </Card>
  );
}

/** Before the summary leaves. */
export function SimilarNotice({ onDistinct, ...list }: SimilarProps & { onDistinct: () => void }) {
  const one = list.tickets.length === 1;
  return (
    <Callout
      tone="care"
      title={one ? "Un dossier ouvert ressemble au vôtre" : "Des dossiers ouverts ressemblent au vôtre"}
      actions={
        <Button size="small" onPress={onDistinct}>
          {one ? "Ce n’est pas le même" : "Ce n’est aucun d’eux"}
        </Button>
      }
    >
      <p>Le compléter évite à l’assistance de traiter deux fois la même chose.</p>
      <Tickets {...list} words={"C’est le même\u202f: le compléter"} />
    </Callout>
  );
}

function Tickets({ tickets, onJoin, joining, words }: SimilarProps & { words: string }) {
  return (
    <Rows label="Dossiers ouverts semblables">
      {tickets.map((ticket) => (
        <Row
          key={ticket.id}
          title={ticket.title}
          href={linkTo(pathTo.ticket(ticket.id))}
          meta={
            <>
              {ticket.hint || (ticket.number ?? ticket.reference)} · <RelativeTime when={ticket.created_at_ms} />
            </>
          }
          aside={
            <Button
              size="small"
              aria-label={`${words}, ${ticket.title}`}
              isPending={joining}
              onPress={() => onJoin(ticket)}
            >
              {words}
            </Button>
          }
        />
      ))}
    </Rows>
  );
}
