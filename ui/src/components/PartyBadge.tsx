//! Who is responsible: a colour and a word, and a hatch for « à compléter ».
//! Invariant: the word is always there; the colour only helps the eye find it again.
import type { Party } from "../wire/types";
import { cx } from "./cx";
import styles from "./PartyBadge.module.css";

export type { Party };

interface Wording {
  /** In a badge. */
  name: string;
  /** In a sentence or as the answer: « Le Département ». */
  full: string;
}

const WORDS: Record<Party, Wording> = {
  departement: { name: "Département", full: "Le Département" },
  academie: { name: "Académie", full: "L’Académie" },
  etablissement: { name: "Collège", full: "Le collège" },
  "collectivite-ou-etablissement": {
    name: "Départ. ou collège",
    full: "Le Département ou le collège, selon qui achète",
  },
  editeur: { name: "Éditeur", full: "L’éditeur du logiciel" },
  region: { name: "Région", full: "La Région" },
  "sans-objet": { name: "sans objet", full: "Sans objet" },
  "selon-utilisateur": { name: "selon l’utilisateur", full: "Cela dépend de qui l’utilise" },
  inconnu: { name: "à compléter", full: "Non renseigné (la plateforme d’assistance transmet)" },
};

const CLASSES: Record<Party, string | undefined> = {
  departement: styles.departement,
  academie: styles.academie,
  etablissement: styles.college,
  "collectivite-ou-etablissement": styles.shared,
  editeur: styles.editeur,
  region: styles.region,
  "sans-objet": styles.none,
  "selon-utilisateur": styles.shared,
  inconnu: styles.unknown,
};

export function partyName(party: Party): string {
  return WORDS[party].name;
}

export function partyFullName(party: Party): string {
  return WORDS[party].full;
}

/** Sets --party and --party-tint for whatever wears it. */
export function partyClass(party: Party): string {
  return cx(CLASSES[party]);
}

/** `short` is for the cells of a matrix: « ? » instead of « à compléter », which stays as the accessible name. */
export function PartyBadge({ party, short }: { party: Party; short?: boolean }) {
  if (party === "sans-objet") return <span className={styles.plain}>{WORDS[party].name}</span>;
  if (party === "inconnu" && short) {
    return (
      <span className={cx(styles.badge, styles.unknown, styles.hatch)}>
        <span aria-hidden>?</span>
        <span className="visually-hidden">{WORDS[party].name}</span>
      </span>
    );
  }
  return (
    <span className={cx(styles.badge, partyClass(party), party === "inconnu" && styles.hatch)}>
      {WORDS[party].name}
    </span>
  );
}

/** The name alone in its colour, as the answer of the card « Qui s’en occupe ». */
export function PartyAnswer({ party }: { party: Party }) {
  return <p className={cx(styles.answer, partyClass(party))}>{WORDS[party].full}</p>;
}
