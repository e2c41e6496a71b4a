//! The purchases as one column: what is bought and where it stands, then what is to be done next.
import { cx } from "../../components/cx";
import { DataTable } from "../../components/DataTable";
import { fr, plural } from "../../text/fr";
import type { PurchaseRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Purchases.module.css";
import { isEnded } from "./words";

interface PurchaseListProps {
  rows: readonly PurchaseRow[];
  activeId: string | null;
  onActive: (id: string) => void;
  onOpen: (id: string) => void;
  /** The list stands alone: a row leads to its own page. */
  alone: boolean;
}

export function PurchaseList({ rows, activeId, onActive, onOpen, alone }: PurchaseListProps) {
  const label = plural(rows.length, "achat");
  const cell = (row: PurchaseRow) => <Line row={row} linked={alone} />;
  return (
    <DataTable
      label={label}
      columns={[{ id: "achat", header: label, width: "minmax(0, 1fr)", cell }]}
      items={rows}
      idOf={({ id }) => id}
      activeId={activeId}
      onActive={onActive}
      onOpen={onOpen}
      narrow={cell}
      rowHeight={64}
      empty={null}
    />
  );
}

function Line({ row, linked }: { row: PurchaseRow; linked: boolean }) {
  return (
    <div className={styles.line}>
      <div className={styles.top}>
        <span className={styles.title}>
          {linked ? (
            <a href={linkTo(pathTo.purchase(row.id))} tabIndex={-1}>
              {row.title}
            </a>
          ) : (
            row.title
          )}
        </span>
        <span className={cx(styles.state, row.state === "refusee" && styles.refused)}>{row.state_label}</span>
      </div>
      <div className={styles.bottom}>
        <span className={styles.next}>{isEnded(row.state) ? row.kind : row.next}</span>
        <span className={styles.count}>{fr`${row.quantity} ×`}</span>
      </div>
    </div>
  );
}
