//! A sheet of labels as it is held in the hand: its columns, the places already used, those that will be filled.
//! Left out on purpose: sizes and margins, which belong to the document that the application draws.
import { fr, plural } from "../../text/fr";
import type { LabelStock } from "../../wire/types";

/** Labels side by side on one sheet; a roll gives them one after the other. */
export const COLUMNS: Record<LabelStock, number> = {
  l4731: 7,
  l4732: 5,
  l7651: 5,
  l7160: 3,
  l7163: 2,
  "rouleau-62": 1,
  "rouleau-50": 1,
};

export type Place = "used" | "filled" | "free";

/** What becomes of each place of the first sheet, when printing begins at `first` (from 1). */
export function places(perPage: number, first: number, labels: number): Place[] {
  return Array.from({ length: perPage }, (_, index) => {
    if (index + 1 < first) return "used";
    return index + 1 < first + labels ? "filled" : "free";
  });
}

export function sheets(perPage: number, first: number, labels: number): number {
  return Math.ceil((first - 1 + labels) / perPage);
}

/** « 12 étiquettes sur 1 feuille, de la place 4 à la place 15 ». */
export function sentence(perPage: number, first: number, labels: number): string {
  const all = plural(labels, "étiquette");
  if (perPage === 1) return fr`${all}, sur le rouleau.`;
  const count = sheets(perPage, first, labels);
  const last = first + labels - 1;
  const where =
    count > 1
      ? fr`à partir de la place ${first}`
      : last === first
        ? fr`place ${first}`
        : fr`de la place ${first} à la place ${last}`;
  return fr`${all} sur ${plural(count, "feuille")}, ${where}.`;
}
