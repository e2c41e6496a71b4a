//! A merge: what is undecided first, and every field answered.
import { expect, test } from "vitest";
import type { MergeField, MergeRow } from "../../wire/types";
import { allFrom, choicesOf, countConflicts, inOrder, keyOf } from "./session";

const field = (name: string, part: Partial<MergeField> = {}): MergeField => ({
  field: name,
  label: name,
  here: "ici",
  file: "là",
  proposed: "fichier",
  conflict: false,
  ...part,
});
const laptop: MergeRow = { what: "equipements", id: "1", label: "Portable", fields: [field("salle"), field("notes")] };
const printer: MergeRow = {
  what: "equipements",
  id: "2",
  label: "Imprimante",
  fields: [field("salle"), field("etat", { conflict: true, proposed: "ici" })],
};
const changed = [laptop, printer];

test("what both sides changed is read first", () => {
  const ordered = inOrder(changed);
  expect(
    ordered.map(({ id }) => id),
    "the row with a conflict comes first",
  ).toEqual(["2", "1"]);
  expect(
    ordered[0]?.fields.map((each) => each.field),
    "and its conflict before its other field",
  ).toEqual(["etat", "salle"]);
  expect(countConflicts(changed), "one field is undecided").toBe(1);
});

test("every field is answered, as proposed unless the person chose", () => {
  const sides = new Map([[keyOf(laptop, field("notes")), "ici" as const]]);
  expect(
    choicesOf(changed, sides).map(({ id, field: name, side }) => `${id} ${name} ${side}`),
    "one choice for each field that differs",
  ).toEqual(["1 salle fichier", "1 notes ici", "2 salle fichier", "2 etat ici"]);
  expect(
    choicesOf(changed, sides).every(({ here }) => here === "ici"),
    "with the value that was shown here, so that another one is not written over",
  ).toBe(true);
  expect(
    choicesOf(changed, allFrom(changed, "fichier")).every(({ side }) => side === "fichier"),
    "everything can be taken from the file at once",
  ).toBe(true);
});
