//! What the list of equipment shows, kept while the window lives: coming back from a record finds it as it was left,
//! ticks included.
import { useCallback, useState } from "react";
import { askWindowAhead } from "../../data/windows";
import type { EquipmentColumn, EquipmentQuery, EquipmentSort, SavedView } from "../../wire/types";

export interface ListState {
  text: string;
  /** Facet → values kept. A facet without a value is absent. */
  facets: Record<string, string[]>;
  sort: EquipmentSort;
  descending: boolean;
  /** The row the arrows stand on. */
  activeId: string | null;
  activeIndex: number;
  /** The rows chosen for what is done to several at once. They stay chosen when the filter no longer shows them. */
  ticked: ReadonlySet<string>;
  /** The saved view the list was opened with. */
  viewId: string | null;
  /** Its columns; without a view, those of the settings. */
  columns: readonly EquipmentColumn[] | null;
}

/** What decides which rows are shown, and in which order. */
export type Narrowing = Pick<ListState, "text" | "facets" | "sort" | "descending">;

const NOBODY: ReadonlySet<string> = new Set();
const WHOLE: Narrowing = { text: "", facets: {}, sort: "type", descending: false };
/** Another list: the arrows start from its beginning. */
const AT_TOP = { activeId: null, activeIndex: -1 } as const;

let left: ListState = { ...WHOLE, ...AT_TOP, ticked: NOBODY, viewId: null, columns: null };

export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const [state, setState] = useState(left);
  const change = useCallback((part: Partial<ListState>) => {
    const narrows = "text" in part || "facets" in part || "sort" in part || "descending" in part;
    left = { ...left, ...(narrows ? AT_TOP : {}), ...part };
    if (narrows) askWindowAhead("equipment_list", narrowingOf(left));
    setState(left);
  }, []);
  return [state, change];
}

export function narrowingOf({ text, facets, sort, descending }: Narrowing): Narrowing {
  return { text, facets, sort, descending };
}

/** The request of a whole list: windows put their own place in it. */
export function queryOf(list: Narrowing): EquipmentQuery {
  return { ...narrowingOf(list), offset: 0, limit: 0 };
}

/** The list as a saved view keeps it; without a view, the whole register. */
export function opened(view: SavedView | null): Partial<ListState> {
  if (view === null) return { ...WHOLE, viewId: null, columns: null };
  return { ...narrowingOf(view.query), viewId: view.id, columns: view.columns };
}

/** Two lists show the same: facets are compared without regard to the order they were ticked in. */
export function sameList(one: Narrowing, other: Narrowing): boolean {
  return keyOf(one) === keyOf(other);
}

function keyOf({ text, facets, sort, descending }: Narrowing): string {
  const kept = Object.entries(facets)
    .map(([name, values]) => `${name}=${[...values].sort().join()}`)
    .sort();
  return JSON.stringify([text, kept, sort, descending]);
}

/** One facet set to these values; without a value it filters nothing and disappears. */
export function withFacet(facets: ListState["facets"], name: string, values: string[]): ListState["facets"] {
  const { [name]: _, ...others } = facets;
  return values.length === 0 ? others : { ...others, [name]: values };
}

export function countKept(facets: ListState["facets"]): number {
  return Object.values(facets).reduce((sum, values) => sum + values.length, 0);
}
