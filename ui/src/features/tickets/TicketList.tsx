//! The dossiers as one column: title and age, then number, last word and who has it.
//! Invariant: what waits for the user and what is late are said in words too, not only by a colour.
import { FolderOpen, SearchX } from "lucide-react";
import { Button, LinkButton } from "../../components/Button";
import { cx } from "../../components/cx";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { PartyBadge } from "../../components/PartyBadge";
import { useNow } from "../../components/RelativeTime";
import { daysBetween, NBSP, number, plural, quote, shortDay } from "../../text/fr";
import type { TicketRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import type { Narrowing } from "./TicketFilters";
import styles from "./Tickets.module.css";
import { FILTERS, isOver, stateOf } from "./words";

const ROW_HEIGHT = 64;

interface TicketListProps {
  rows: readonly (TicketRow | undefined)[];
  narrowing: Narrowing;
  onNarrow: (narrowing: Narrowing) => void;
  onRange: (first: number, last: number) => void;
  activeId: string | null;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
  /** The list stands alone: a row leads to its own page. */
  alone: boolean;
}

export function TicketList({ rows, narrowing, onNarrow, onRange, activeId, onActive, onOpen, alone }: TicketListProps) {
  const label = `${plural(rows.length, "dossier")}, le dernier mouvement d’abord`;
  const cell = (row: TicketRow) => <TicketLine row={row} linked={alone} />;
  return (
    <DataTable
      label={label}
      columns={[{ id: "dossier", header: label, width: "minmax(0, 1fr)", cell }]}
      items={rows}
      idOf={({ id }) => id}
      activeId={activeId}
      onActive={onActive}
      onOpen={onOpen}
      onRange={onRange}
      startAt={Math.max(
        0,
        rows.findIndex((row) => row?.id === activeId),
      )}
      listKey={JSON.stringify(narrowing)}
      narrow={cell}
      rowHeight={ROW_HEIGHT}
      empty={<NoTicket narrowing={narrowing} onNarrow={onNarrow} />}
    />
  );
}

/** When it last moved, which is what the list goes by; a late dossier says since when it is open. */
function moved(when: number, now: number): string {
  const days = daysBetween(when, now);
  if (days <= 0) return "aujourd’hui";
  return days === 1 ? "hier" : `${number(days)}${NBSP}j`;
}

function TicketLine({ row, linked }: { row: TicketRow; linked: boolean }) {
  const now = useNow();
  const name = row.number ?? row.reference;
  return (
    <div className={cx(styles.line, row.waiting_on_me && styles.waiting)}>
      <div className={styles.top}>
        <span className={styles.title}>
          {linked ? (
            <a href={linkTo(pathTo.ticket(row.id))} tabIndex={-1}>
              {row.title}
            </a>
          ) : (
            row.title
          )}
        </span>
        {isOver(row) ? (
          <span className={styles.age}>{shortDay(row.updated_at_ms)}</span>
        ) : (
          <span className={cx(styles.age, row.late && styles.late)}>
            {row.late && "en retard · "}
            {row.late ? `${number(row.age_days)}${NBSP}j` : moved(row.updated_at_ms, now)}
          </span>
        )}
      </div>
      <div className={styles.bottom}>
        <span className={styles.last}>
          {name && <span className={styles.number}>{name}</span>}
          {row.waiting_on_me && <strong className={styles.mine}>à vous</strong>}
          {isOver(row) ? stateOf(row) : row.hint}
        </span>
        <PartyBadge party={row.party} />
      </div>
    </div>
  );
}

function NoTicket({ narrowing, onNarrow }: Pick<TicketListProps, "narrowing" | "onNarrow">) {
  const { text, filter, party } = narrowing;
  if (text.trim() !== "" || party !== null) {
    const elsewhere = filter !== "tous" || party !== null;
    return (
      <EmptyState
        icon={SearchX}
        title="Aucun dossier ne répond"
        action={
          elsewhere ? (
            <Button onPress={() => onNarrow({ text, filter: "tous", party: null })}>
              Chercher dans tous les dossiers
            </Button>
          ) : (
            <Button onPress={() => onNarrow({ ...narrowing, text: "" })}>Effacer la recherche</Button>
          )
        }
      >
        {text.trim() === "" ? "Rien chez ce responsable" : `Rien ne contient ${quote(text.trim())}`}{" "}
        {FILTERS[filter].among}.
      </EmptyState>
    );
  }
  if (filter === "ouverts" || filter === "tous") {
    return (
      <EmptyState
        icon={FolderOpen}
        title={filter === "ouverts" ? "Aucun dossier ouvert" : "Aucun dossier pour l’instant"}
        action={
          <LinkButton href={linkTo("/signaler")} variant="primary">
            Signaler un problème
          </LinkButton>
        }
      >
        Signalez ce qui ne marche pas ou ce qu’il vous faut{"\u202f"}: Relais dit qui s’en occupe et garde la trace ici.
      </EmptyState>
    );
  }
  const nothing = {
    "attend-de-moi": [
      "Personne n’attend de réponse de vous",
      "Les dossiers où l’on vous pose une question viendront ici.",
    ],
    "en-retard": ["Rien n’est en retard", "Les dossiers qui traînent viendront ici, pour que vous relanciez."],
    fermes: ["Aucun dossier fermé", "Les dossiers terminés restent ici, pour retrouver ce qui avait été fait."],
  } as const;
  const [title, words] = nothing[filter];
  return (
    <EmptyState
      icon={FolderOpen}
      title={title}
      action={<Button onPress={() => onNarrow({ ...narrowing, filter: "ouverts" })}>Voir les dossiers ouverts</Button>}
    >
      {words}
    </EmptyState>
  );
}
