//! The matrix's columns and the ways an answer is known, in French.
import type { Activity, Basis, Party, Perimeter } from "../../wire/types";
import type { Known } from "./filters";

/** The six columns, in the annexe's order: a word for the heading, and what the annexe writes. */
export const ACTIVITIES: readonly { id: Activity; short: string; full: string }[] = [
  { id: "preconisation", short: "Usage", full: "Préconisation d’usage" },
  { id: "acquisition", short: "Achat", full: "Choix, décision et acquisition" },
  { id: "installation", short: "Installation", full: "Installation" },
  { id: "mco", short: "Dépannage", full: "Maintien en condition opérationnelle" },
  { id: "assistance", short: "Assistance", full: "Assistance fonctionnelle" },
  { id: "conseil", short: "Conseil", full: "Conseil, expertise" },
];

export function activityName(activity: Activity): string {
  return ACTIVITIES.find(({ id }) => id === activity)?.full ?? "";
}

export const BASES: Record<Basis, string> = {
  ecrit: "Écrit en toutes lettres dans la matrice.",
  deduit: "Déduit du texte de la convention et de ses annexes.",
  complete: "Complété d’après l’exemplaire signé.",
  inconnu: "La copie dont dispose Relais ne le dit pas\u202f: seul l’exemplaire signé le dit.",
};

export const KNOWN: Record<Known, string> = {
  connue: "Connues par la convention",
  completee: "Complétées d’après l’exemplaire signé",
  "a-completer": "À compléter",
};

/** Whose side a cell speaks of; `letter` marks it in the narrow cells of the matrix. */
export const SIDES: Record<Perimeter, { name: string; letter: string }> = {
  administratif: { name: "Utilisateurs administratifs", letter: "A" },
  pedagogique: { name: "Tous les autres, côté pédagogique", letter: "P" },
};

/** What the signed copy can say, in the order of its legend; « selon l’utilisateur » is two cells there. */
export const WRITABLE: readonly { id: Party; hint?: string }[] = [
  { id: "departement" },
  { id: "academie" },
  { id: "etablissement" },
  { id: "collectivite-ou-etablissement" },
  { id: "editeur" },
  { id: "region" },
  { id: "sans-objet", hint: "La case dit que la question ne se pose pas." },
];
