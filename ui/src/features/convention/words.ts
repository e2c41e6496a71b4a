//! The matrix's columns and the ways an answer is known, in French.
import type { Activity, Basis, Perimeter } from "../../wire/types";

/** The six columns, in the annexe's order: a word for the heading, and what the annexe writes. */
export const ACTIVITIES: readonly { id: Activity; short: string; full: string }[] = [
  { id: "preconisation", short: "Usage", full: "Préconisation d’usage" },
  { id: "acquisition", short: "Achat", full: "Choix, décision et acquisition" },
  { id: "installation", short: "Installation", full: "Installation" },
  { id: "mco", short: "Dépannage", full: "Maintien en condition opérationnelle" },
  { id: "assistance", short: "Assistance", full: "Assistance fonctionnelle" },
  { id: "conseil", short: "Conseil", full: "Conseil, expertise" },
];

export const BASES: Record<Basis, string> = {
  ecrit: "Écrit dans la matrice de l’annexe 2.",
  deduit: "Déduit du texte de la convention et de ses annexes.",
  complete: "Complété d’après l’exemplaire signé.",
  inconnu: "La copie a perdu la couleur de cette case\u202f: seul l’exemplaire signé le dit.",
};

/** Whose side a cell speaks of; `letter` marks it in the narrow cells of the matrix. */
export const SIDES: Record<Perimeter, { name: string; letter: string }> = {
  administratif: { name: "Utilisateurs administratifs", letter: "A" },
  pedagogique: { name: "Tous les autres, côté pédagogique", letter: "P" },
};
