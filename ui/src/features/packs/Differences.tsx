//! What another version of the convention would change, in four groups with their counts, then the open dossiers that
//! would go elsewhere. Invariant: a group that is empty says so; nothing is left to be guessed from its absence.
import { ArrowRight, FolderSymlink } from "lucide-react";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { Disclosure } from "../../components/Disclosure";
import { PartyBadge } from "../../components/PartyBadge";
import { agree, fr } from "../../text/fr";
import type { CellChange, PackDiff, Party, TextChange, TicketMoved } from "../../wire/types";
import { splitLabel } from "../convention/label";
import { Terms } from "../convention/Terms";
import { activityName, SIDES } from "../convention/words";
import { linkTo, pathTo } from "../frame/places";
import { More, useMore } from "../import/More";
import styles from "./Packs.module.css";
import { CHANGES } from "./words";

export function Differences({ diff }: { diff: PackDiff }) {
  const { cells, services, questions, rules, tickets } = diff;
  if ([cells, services, questions, rules, tickets].every((list) => list.length === 0)) {
    return <Callout>Cette version dit la même chose que celle en vigueur.</Callout>;
  }
  const titled = (title: string, list: readonly unknown[]) => fr`${title} (${list.length})`;
  return (
    <>
      <Moved tickets={tickets} />
      <Card title="Ce qui changerait">
        <Disclosure title={titled("Cases de la matrice", cells)} defaultExpanded={cells.length > 0}>
          <Cells cells={cells} />
        </Disclosure>
        <Disclosure title={titled("Services", services)}>
          <Texts changes={services} none="Les services restent les mêmes." />
        </Disclosure>
        <Disclosure title={titled("Questions du formulaire", questions)}>
          <Texts changes={questions} none="Les questions restent les mêmes." />
        </Disclosure>
        <Disclosure title={titled("Règles", rules)}>
          <Texts changes={rules} none="Les règles restent les mêmes." />
        </Disclosure>
      </Card>
    </>
  );
}

function Moved({ tickets }: { tickets: readonly TicketMoved[] }) {
  const { shown, ...rest } = useMore(tickets, 10);
  return (
    <Card title="Dossiers ouverts qui iraient ailleurs" icon={FolderSymlink} count={tickets.length}>
      {tickets.length === 0 ? (
        <p className={styles.soft}>Aucun. Les dossiers ouverts resteraient chez ceux qui les ont.</p>
      ) : (
        <>
          <p className={styles.soft}>
            {fr`${agree(tickets.length, "Ce dossier ne bouge", "Ces dossiers ne bougent")} pas d'eux-mêmes : à vous de voir s'il faut prévenir.`}
          </p>
          <Rows label="Dossiers ouverts qui iraient ailleurs">
            {shown.map(({ ticket, before, after, why }) => (
              <Row
                key={ticket.id}
                title={ticket.title}
                href={linkTo(pathTo.ticket(ticket.id))}
                meta={<Terms within="control">{why}</Terms>}
                aside={<FromTo before={before} after={after} none="à redemander" />}
              />
            ))}
          </Rows>
          <More {...rest} what={agree(rest.left, "dossier")} />
        </>
      )}
    </Card>
  );
}

function Cells({ cells }: { cells: readonly CellChange[] }) {
  const { shown, ...rest } = useMore(cells, 20);
  if (cells.length === 0) return <p className={styles.soft}>La matrice reste la même.</p>;
  return (
    <>
      <Rows label="Cases de la matrice">
        {shown.map((cell) => {
          const { service_label, activity, perimeter, before, after, completed } = cell;
          return (
            <Row
              key={`${service_label} ${activity} ${perimeter}`}
              title={splitLabel(service_label, null).name}
              meta={
                <>
                  {activityName(activity)}
                  {perimeter && `, ${SIDES[perimeter].name.toLocaleLowerCase("fr-FR")}`}
                  {completed && (
                    <span className={styles.line}>
                      Vous l’aviez complétée d’après l’exemplaire signé{"\u202f"}: cette version le dit elle-même.
                    </span>
                  )}
                </>
              }
              aside={<FromTo before={before} after={after} none="absente" />}
            />
          );
        })}
      </Rows>
      <More {...rest} what={agree(rest.left, "case")} />
    </>
  );
}

function FromTo({ before, after, none }: { before: Party | null; after: Party | null; none: string }) {
  const badge = (party: Party | null) =>
    party === null ? <span className={styles.soft}>{none}</span> : <PartyBadge party={party} />;
  return (
    <span className={styles.fromTo}>
      <span className="visually-hidden">aujourd’hui </span>
      {badge(before)}
      <ArrowRight size={16} aria-hidden />
      <span className="visually-hidden"> puis </span>
      {badge(after)}
    </span>
  );
}

function Texts({ changes, none }: { changes: readonly TextChange[]; none: string }) {
  const { shown, ...rest } = useMore(changes, 20);
  if (changes.length === 0) return <p className={styles.soft}>{none}</p>;
  return (
    <>
      <Rows>
        {shown.map(({ kind, label, detail }) => (
          <Row
            key={`${kind} ${label}`}
            title={label}
            meta={detail && <Terms>{detail}</Terms>}
            aside={<span className={styles.kind}>{CHANGES[kind]}</span>}
          />
        ))}
      </Rows>
      <More {...rest} what={agree(rest.left, "changement")} />
    </>
  );
}
