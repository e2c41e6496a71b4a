//! The columns of the register, and its row in a window too narrow for them.
import { type Column, TwoLines } from "../../components/DataTable";
import type { EquipmentRow, EquipmentSort } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Equipment.module.css";
import { FUNDINGS, NETWORKS, State, Unknown, Warranty } from "./words";

type EquipmentColumn = Column<EquipmentRow, EquipmentSort>;

/** The pointer opens by the name; the keyboard by Enter on the row, so the link takes no place in the tab order. */
function Name({ row }: { row: EquipmentRow }) {
  return (
    <a href={linkTo(pathTo.equipment(row.id))} tabIndex={-1} className={styles.name}>
      {row.kind}
    </a>
  );
}

const KIND: EquipmentColumn = {
  id: "type",
  header: "Équipement",
  width: "minmax(9.75rem, 1.9fr)",
  sort: "type",
  cell: (row) => <TwoLines strong main={<Name row={row} />} sub={row.model} />,
};
const SERIAL: EquipmentColumn = {
  id: "serie",
  header: "Série",
  width: "minmax(8.375rem, 1fr)",
  sort: "serie",
  cell: ({ serial }) =>
    serial ? (
      <code className={styles.serial} title={serial}>
        {serial}
      </code>
    ) : (
      <Unknown words="numéro de série inconnu" />
    ),
};
const ROOM: EquipmentColumn = {
  id: "salle",
  header: "Salle",
  width: "minmax(4.75rem, 0.5fr)",
  sort: "salle",
  cell: ({ room }) => room ?? <Unknown words="sans salle" />,
};
const USER: EquipmentColumn = {
  id: "utilisateur",
  header: "Utilisé par",
  width: "minmax(8.5rem, 1fr)",
  sort: "utilisateur",
  cell: ({ user_line, perimeter }) => (
    <TwoLines main={user_line ?? <Unknown words="sans utilisateur" />} sub={NETWORKS[perimeter]} />
  ),
};
const FUNDING: EquipmentColumn = {
  id: "financement",
  header: "Payé par",
  width: "minmax(7.25rem, 0.5fr)",
  sort: "financement",
  cell: ({ funding }) => FUNDINGS[funding],
};
const WARRANTY: EquipmentColumn = {
  id: "garantie",
  header: "Garantie",
  width: "minmax(7rem, 0.5fr)",
  sort: "garantie",
  cell: (row) => <Warranty row={row} />,
};
const STATE_WIDTH = "minmax(7.75rem, 0.6fr)";
const STATE: EquipmentColumn = {
  id: "etat",
  header: "État",
  width: STATE_WIDTH,
  sort: "etat",
  cell: ({ state }) => <State state={state} />,
};

export const ALL_COLUMNS: readonly EquipmentColumn[] = [KIND, SERIAL, ROOM, USER, FUNDING, STATE, WARRANTY];

/** Where seven columns do not fit, who paid stands under the state. */
export const FEWER_COLUMNS: readonly EquipmentColumn[] = [
  KIND,
  SERIAL,
  ROOM,
  USER,
  { ...STATE, cell: ({ state, funding }) => <TwoLines main={<State state={state} />} sub={FUNDINGS[funding]} /> },
  WARRANTY,
];

export function NarrowRow({ row }: { row: EquipmentRow }) {
  return (
    <div className={styles.narrow}>
      <TwoLines strong main={<Name row={row} />} sub={row.model} />
      <div className={styles.narrowFacts}>
        <span>{row.room ?? "sans salle"}</span>
        {row.user_line && <span className={styles.narrowUser}>{row.user_line}</span>}
        <State state={row.state} />
      </div>
    </div>
  );
}
