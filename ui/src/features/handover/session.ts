//! A merge under way: the file, what it would bring, and whose value is kept for each field that differs.
//! Invariant: every field that differs is answered, by the person or by what is proposed; what is undecided is seen first.
import type { MergeChoice, MergeField, MergeRow, MergeSide, MergeSimulation, TakenFile } from "../../wire/types";

export interface MergeSession {
  file: TakenFile | null;
  passphrase: string;
  simulation: MergeSimulation | null;
  /** What the person chose, by `keyOf`; the rest is as proposed. */
  sides: ReadonlyMap<string, MergeSide>;
}

export const NO_MERGE: MergeSession = { file: null, passphrase: "", simulation: null, sides: new Map() };

export function keyOf(row: MergeRow, field: MergeField): string {
  return [row.what, row.id, field.field].join(" ");
}

export function sideOf(sides: MergeSession["sides"], row: MergeRow, field: MergeField): MergeSide {
  return sides.get(keyOf(row, field)) ?? field.proposed;
}

/** Every field that differs, taken from one side. */
export function allFrom(changed: readonly MergeRow[], side: MergeSide): MergeSession["sides"] {
  return new Map(changed.flatMap((row) => row.fields.map((field) => [keyOf(row, field), side] as const)));
}

export function choicesOf(changed: readonly MergeRow[], sides: MergeSession["sides"]): MergeChoice[] {
  return changed.flatMap((row) =>
    row.fields.map((field) => ({
      what: row.what,
      id: row.id,
      field: field.field,
      side: sideOf(sides, row, field),
      here: field.here,
    })),
  );
}

const conflicting = ({ fields }: MergeRow) => fields.some(({ conflict }) => conflict);

/** Rows that both sides changed first, and in each row what both changed first; the order is kept otherwise. */
export function inOrder(changed: readonly MergeRow[]): MergeRow[] {
  const rows = changed.map((row) => ({
    ...row,
    fields: [...row.fields].sort((one, other) => Number(other.conflict) - Number(one.conflict)),
  }));
  return rows.sort((one, other) => Number(conflicting(other)) - Number(conflicting(one)));
}

export function countConflicts(changed: readonly MergeRow[]): number {
  return changed.reduce((sum, { fields }) => sum + fields.filter(({ conflict }) => conflict).length, 0);
}
