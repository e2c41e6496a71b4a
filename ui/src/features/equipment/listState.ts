//! What the list of equipment shows, kept while the window lives: coming back from a record finds it as it was left.
import { useState } from "react";
import type { EquipmentSort } from "../../wire/types";

export interface ListState {
  text: string;
  /** Facet → values kept. A facet without a value is absent. */
  facets: Record<string, string[]>;
  sort: EquipmentSort;
  descending: boolean;
  /** The row the arrows stand on. */
  activeId: string | null;
  activeIndex: number;
}

let left: ListState = { text: "", facets: {}, sort: "type", descending: false, activeId: null, activeIndex: -1 };

export function useListState(): [ListState, (change: Partial<ListState>) => void] {
  const [state, setState] = useState(left);
  const change = (part: Partial<ListState>) => {
    left = { ...left, ...part };
    setState(left);
  };
  return [state, change];
}

/** One facet set to these values; without a value it filters nothing and disappears. */
export function withFacet(facets: ListState["facets"], name: string, values: string[]): ListState["facets"] {
  const { [name]: _, ...others } = facets;
  return values.length === 0 ? others : { ...others, [name]: values };
}

export function countKept(facets: ListState["facets"]): number {
  return Object.values(facets).reduce((sum, values) => sum + values.length, 0);
}
