//! The register's closed lists in French, and how a state or a warranty is shown: always a word, the colour only repeats it.
import { StateDot, type Tone } from "../../components/StateDot";
import { shortDay } from "../../text/fr";
import type { EquipmentFamily, EquipmentRow, EquipmentState, Funding, Perimeter } from "../../wire/types";
import styles from "./Equipment.module.css";

export const FAMILIES: Record<EquipmentFamily, string> = {
  poste: "Poste",
  portable: "Portable ou tablette",
  imprimante: "Imprimante ou copieur",
  videoprojecteur: "Vidéoprojecteur ou tableau",
  reseau: "Réseau",
  serveur: "Serveur ou onduleur",
  autre: "Autre",
};

export const STATES: Record<EquipmentState, { name: string; tone: Tone }> = {
  "en-service": { name: "en service", tone: "good" },
  "en-panne": { name: "en panne", tone: "bad" },
  "en-reserve": { name: "en réserve", tone: "quiet" },
  prete: { name: "prêté", tone: "away" },
  "en-reparation": { name: "en réparation", tone: "care" },
  reforme: { name: "réformé", tone: "quiet" },
};

export const FUNDINGS: Record<Funding, string> = {
  departement: "Département",
  etat: "État",
  "fonds-propres": "Fonds propres",
};

export const NETWORKS: Record<Perimeter, string> = { administratif: "administratif", pedagogique: "pédagogique" };

export function State({ state }: { state: EquipmentState }) {
  const { name, tone } = STATES[state];
  return <StateDot tone={tone}>{name}</StateDot>;
}

/** Nothing is known: a dash for the eye, words for the ear. */
export function Unknown({ words }: { words: string }) {
  return (
    <span className={styles.unknown}>
      <span aria-hidden>—</span>
      <span className="visually-hidden">{words}</span>
    </span>
  );
}

/** The end of the warranty and, when it matters, what it means. */
export function Warranty({ row }: { row: EquipmentRow }) {
  const day = row.warranty_on ? shortDay(row.warranty_on) : null;
  if (row.not_validated) return <Alert tone="bad" main="non validé" sub={day} />;
  if (day === null) return <Unknown words="fin de garantie inconnue" />;
  if (row.warranty === "expiree") return <Alert tone="bad" main="expirée" sub={day} />;
  if (row.warranty === "finit-bientot") return <Alert tone="care" main="finit bientôt" sub={day} />;
  return <span className={styles.day}>{day}</span>;
}

function Alert({ tone, main, sub }: { tone: "bad" | "care"; main: string; sub: string | null }) {
  return (
    <>
      <div className={styles[tone]}>{main}</div>
      {sub && <div className={styles.sub}>{sub}</div>}
    </>
  );
}
