//! The loans as one column: what is lent, then to whom and when it is due back, in the application's order.
//! Invariant: a late one is said so in words, the colour only repeats it.
import { Handshake, SearchX } from "lucide-react";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { DataTable } from "../../components/DataTable";
import { EmptyState } from "../../components/EmptyState";
import { fr, plural, quote } from "../../text/fr";
import type { LoanRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Loans.module.css";

export interface Narrowing {
  text: string;
  open_only: boolean;
}

interface LoanListProps {
  rows: readonly (LoanRow | undefined)[];
  narrowing: Narrowing;
  onNarrow: (narrowing: Narrowing) => void;
  onLend: () => void;
  onRange: (first: number, last: number) => void;
  activeId: string | null;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
  /** The list stands alone: a row leads to its own page. */
  alone: boolean;
}

export function LoanList(props: LoanListProps) {
  const { rows, narrowing, activeId, onActive, onOpen, onRange, alone } = props;
  const label = fr`${plural(rows.length, "prêt")}, les retards d'abord`;
  const cell = (row: LoanRow) => <LoanLine row={row} linked={alone} />;
  return (
    <DataTable
      label={label}
      columns={[{ id: "pret", header: label, width: "minmax(0, 1fr)", cell }]}
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
      rowHeight={64}
      empty={<NoLoan {...props} />}
    />
  );
}

function LoanLine({ row, linked }: { row: LoanRow; linked: boolean }) {
  const late = row.overdue_days > 0;
  return (
    <div className={styles.line}>
      <div className={styles.top}>
        <span className={styles.title}>
          {linked ? (
            <a href={linkTo(pathTo.loan(row.id))} tabIndex={-1}>
              {row.equipment}
            </a>
          ) : (
            row.equipment
          )}
        </span>
        <span className={cx("mono", styles.mark)}>{row.mark}</span>
      </div>
      <div className={styles.bottom}>
        <span className={styles.who}>{row.borrower}</span>
        <span className={cx(styles.due, late && styles.late)}>{row.sentence}</span>
      </div>
    </div>
  );
}

function NoLoan({ narrowing, onNarrow, onLend }: Pick<LoanListProps, "narrowing" | "onNarrow" | "onLend">) {
  if (narrowing.text.trim() !== "") {
    return (
      <EmptyState
        icon={SearchX}
        title="Aucun prêt ne répond"
        action={
          narrowing.open_only ? (
            <Button onPress={() => onNarrow({ ...narrowing, open_only: false })}>Chercher dans tous les prêts</Button>
          ) : (
            <Button onPress={() => onNarrow({ ...narrowing, text: "" })}>Effacer la recherche</Button>
          )
        }
      >
        {fr`Rien ne contient ${quote(narrowing.text.trim())}.`}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Handshake}
      title={narrowing.open_only ? "Rien n’est prêté en ce moment" : "Aucun prêt noté"}
      action={<Button onPress={onLend}>Prêter…</Button>}
    >
      Notez qui emporte quoi{"\u202f"}: Relais prépare le formulaire à signer et vous rappelle ce qui n’est pas rendu.
    </EmptyState>
  );
}
