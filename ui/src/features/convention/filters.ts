//! Which cells of the matrix answer the filters: who is responsible, what is known, for whom, which activity, which family.
//!
//! Invariant: a cell that speaks of everyone answers for either network; a filter without a value keeps everything. The
//! count beside a value is what choosing it among the others would show.
import type { Activity, Cell, Family, Party, Perimeter, Service } from "../../wire/types";

/** How a cell is known: by the convention, by someone who read the signed copy, or not yet. */
export type Known = "connue" | "completee" | "a-completer";

export interface Filters {
  parties: readonly Party[];
  known: readonly Known[];
  perimeters: readonly Perimeter[];
  activities: readonly Activity[];
  families: readonly string[];
}

export type FilterName = keyof Filters;

export const NO_FILTERS: Filters = { parties: [], known: [], perimeters: [], activities: [], families: [] };

/** « Ce que le collège fait lui-même ». */
export const OWN_WORK: Filters = { ...NO_FILTERS, parties: ["etablissement"] };

export function knownOf({ basis, completed }: Cell): Known {
  if (completed !== null) return "completee";
  return basis === "inconnu" ? "a-completer" : "connue";
}

const holds = <Value>(kept: readonly Value[], value: Value) => kept.length === 0 || kept.includes(value);

export function accepts(filters: Filters, cell: Cell): boolean {
  return (
    holds(filters.parties, cell.party) &&
    holds(filters.known, knownOf(cell)) &&
    holds(filters.activities, cell.activity) &&
    (cell.perimeter === null || holds(filters.perimeters, cell.perimeter))
  );
}

export function isFiltered(filters: Filters): boolean {
  return Object.values(filters).some((kept) => kept.length > 0);
}

export function isOwnWork(filters: Filters): boolean {
  const { parties, ...others } = filters;
  return parties.length === 1 && parties[0] === "etablissement" && !isFiltered({ ...NO_FILTERS, ...others });
}

/** Something is asked of the cells themselves: those that do not answer are quieted. */
export function asksCells(filters: Filters): boolean {
  return isFiltered({ ...filters, families: [], activities: [] });
}

/** Where the matrix speaks of one network alone, the place of the other one: the signed copy may fill it. */
export function otherSide(cells: readonly Cell[]): Cell | null {
  const [only] = cells;
  if (only === undefined || cells.length > 1 || only.perimeter === null) return null;
  const perimeter = only.perimeter === "administratif" ? "pedagogique" : "administratif";
  return {
    activity: only.activity,
    perimeter,
    party: "inconnu",
    basis: "inconnu",
    source: null,
    note: null,
    completed: null,
  };
}

/** The lines that have at least one such cell, family by family. */
export function filtered(
  families: readonly Family[],
  filters: Filters,
  matches: (service: Service) => boolean,
): Family[] {
  return families
    .filter(({ id }) => holds(filters.families, id))
    .map((family) => ({
      ...family,
      services: family.services.filter(
        (service) => matches(service) && service.cells.some((cell) => accepts(filters, cell)),
      ),
    }))
    .filter(({ services }) => services.length > 0);
}

/** How many cells each value of a filter would show, the other filters staying as they are. */
export function counted(
  families: readonly Family[],
  filters: Filters,
  matches: (service: Service) => boolean,
  name: FilterName,
): ReadonlyMap<string, number> {
  const others: Filters = { ...filters, [name]: [] };
  const counts = new Map<string, number>();
  const add = (value: string) => counts.set(value, (counts.get(value) ?? 0) + 1);
  for (const family of filtered(families, others, matches)) {
    for (const cell of family.services.flatMap(({ cells }) => cells)) {
      if (!accepts(others, cell)) continue;
      if (name === "parties") add(cell.party);
      else if (name === "known") add(knownOf(cell));
      else if (name === "activities") add(cell.activity);
      else if (name === "families") add(family.id);
      else for (const side of cell.perimeter ? [cell.perimeter] : BOTH) add(side);
    }
  }
  return counts;
}

const BOTH: readonly Perimeter[] = ["administratif", "pedagogique"];
