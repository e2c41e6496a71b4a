//! The columns of the register, and its row in a window too narrow for them.
//! Invariant: the type is always shown, first: it names the row and leads to the record.
import { type Column, TwoLines } from "../../components/DataTable";
import { NBSP, number, shortDay } from "../../text/fr";
import type { EquipmentColumn, EquipmentRow, EquipmentSort } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Equipment.module.css";
import { FUNDINGS, NETWORKS, State, Unknown, Warranty } from "./words";

type RowColumn = Column<EquipmentRow, EquipmentSort>;

/** What the list shows until the settings are read, or when they cannot be. */
export const USUAL: readonly EquipmentColumn[] = [
  "type",
  "serie",
  "salle",
  "utilisateur",
  "financement",
  "etat",
  "garantie",
];

/** The pointer opens by the name; the keyboard by Enter on the row, so the link takes no place in the tab order. */
function Name({ row }: { row: EquipmentRow }) {
  return (
    <a href={linkTo(pathTo.equipment(row.id))} tabIndex={-1} className={styles.name}>
      {row.kind}
    </a>
  );
}

/** A number that must not be confused: its own face, and whole on hover. */
function code(text: string, unknown: string) {
  return text ? (
    <code className={styles.serial} title={text}>
      {text}
    </code>
  ) : (
    <Unknown words={unknown} />
  );
}

function words(text: string, unknown: string) {
  return text ? (
    <span className={styles.clamped} title={text}>
      {text}
    </span>
  ) : (
    <Unknown words={unknown} />
  );
}

function price(cents: number | null) {
  return cents === null ? <Unknown words="prix inconnu" /> : `${number(cents / 100, 2)}${NBSP}€`;
}

type Drawn = Omit<RowColumn, "id" | "sort">;

const COLUMNS: Record<EquipmentColumn, Drawn> = {
  type: {
    header: "Équipement",
    width: "minmax(8.5rem, 1.9fr)",
    cell: (row) => <TwoLines strong main={<Name row={row} />} sub={row.model} />,
  },
  modele: { header: "Modèle", width: "minmax(9rem, 1.2fr)", cell: ({ model }) => words(model, "modèle inconnu") },
  serie: {
    header: "Série",
    width: "minmax(7.5rem, 1fr)",
    cell: ({ serial }) => code(serial, "numéro de série inconnu"),
  },
  inventaire: {
    header: "Inventaire",
    width: "minmax(7.5rem, 0.8fr)",
    cell: ({ inventory_number }) => code(inventory_number, "numéro d’inventaire inconnu"),
  },
  "nom-reseau": {
    header: "Nom sur le réseau",
    width: "minmax(8.5rem, 0.8fr)",
    cell: ({ host_name }) => code(host_name, "nom sur le réseau inconnu"),
  },
  "adresse-ip": {
    header: "Adresse IP",
    width: "minmax(8rem, 0.6fr)",
    cell: ({ ip }) => code(ip, "adresse IP inconnue"),
  },
  "adresse-mac": {
    header: "Adresse MAC",
    width: "minmax(9.5rem, 0.6fr)",
    cell: ({ mac }) => code(mac, "adresse MAC inconnue"),
  },
  salle: {
    header: "Salle",
    width: "minmax(4.75rem, 0.5fr)",
    cell: ({ room }) => room ?? <Unknown words="sans salle" />,
  },
  utilisateur: {
    header: "Utilisé par",
    width: "minmax(7.75rem, 1fr)",
    cell: ({ user_line, perimeter }) => (
      <TwoLines main={user_line ?? <Unknown words="sans utilisateur" />} sub={NETWORKS[perimeter]} />
    ),
  },
  financement: { header: "Payé par", width: "minmax(7.25rem, 0.5fr)", cell: ({ funding }) => FUNDINGS[funding] },
  etat: { header: "État", width: "minmax(7.75rem, 0.6fr)", cell: ({ state }) => <State state={state} /> },
  achat: {
    header: "Acheté le",
    width: "minmax(6.5rem, 0.5fr)",
    cell: ({ bought_on }) => (bought_on ? shortDay(bought_on) : <Unknown words="date d’achat inconnue" />),
  },
  prix: {
    header: "Prix",
    width: "minmax(6.5rem, 0.5fr)",
    numeric: true,
    cell: ({ price_cents }) => price(price_cents),
  },
  commande: {
    header: "Bon de commande",
    width: "minmax(8.5rem, 0.6fr)",
    cell: ({ order_ref }) => code(order_ref, "bon de commande inconnu"),
  },
  facture: {
    header: "Facture",
    width: "minmax(7.5rem, 0.6fr)",
    cell: ({ invoice_ref }) => code(invoice_ref, "facture inconnue"),
  },
  garantie: { header: "Garantie", width: "minmax(6.75rem, 0.5fr)", cell: (row) => <Warranty row={row} /> },
  "genre-garantie": {
    header: "Genre de garantie",
    width: "minmax(8.5rem, 0.6fr)",
    cell: ({ warranty_kind }) => words(warranty_kind, "genre de garantie inconnu"),
  },
  notes: { header: "Notes", width: "minmax(12rem, 1.5fr)", cell: ({ notes }) => words(notes, "sans notes") },
};

/** What the list can be sorted by. The last change has no column. */
export const SORTS: Record<EquipmentSort, string> = {
  type: "Équipement",
  modele: "Modèle",
  serie: "Numéro de série",
  inventaire: "Numéro d’inventaire",
  "nom-reseau": "Nom sur le réseau",
  salle: "Salle",
  utilisateur: "Utilisé par",
  financement: "Payé par",
  etat: "État",
  achat: "Date d’achat",
  prix: "Prix",
  garantie: "Fin de garantie",
  modification: "Dernière modification",
};

function sortOf(id: EquipmentColumn): EquipmentSort | undefined {
  return (Object.keys(SORTS) as EquipmentSort[]).find((sort) => sort === id);
}

export function headerOf(id: EquipmentColumn): string {
  return COLUMNS[id].header;
}

/** The chosen columns, the type first. Where they do not all fit, who paid stands under the state. */
export function columnsOf(chosen: readonly EquipmentColumn[], hasRoom: boolean): readonly RowColumn[] {
  const merged = !hasRoom && chosen.includes("etat") && chosen.includes("financement");
  const shown = chosen.filter((id) => id !== "type" && !(merged && id === "financement"));
  return (["type", ...shown] as EquipmentColumn[]).map((id) => {
    const sort = sortOf(id);
    return { id, ...COLUMNS[id], ...cellOf(id, chosen, merged), ...(sort ? { sort } : {}) };
  });
}

function cellOf(id: EquipmentColumn, chosen: readonly EquipmentColumn[], merged: boolean): Partial<Drawn> {
  if (id === "etat" && merged) {
    return { cell: ({ state, funding }) => <TwoLines main={<State state={state} />} sub={FUNDINGS[funding]} /> };
  }
  if (id === "type" && chosen.includes("modele")) {
    return { cell: (row) => <TwoLines strong main={<Name row={row} />} /> };
  }
  return {};
}

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
