//! The chosen rows in the order of the list, and how many of them it does not show: they were chosen under another
//! filter, and an act on many rows must say so before it is done.
import { useMemo } from "react";
import { useCall } from "../../data";
import type { EquipmentQuery } from "../../wire/types";

export interface Chosen {
  ids: readonly string[];
  /** Chosen, but not in the list on screen. Unknown until the list was asked. */
  outside: number | null;
}

export function useChosen(ticked: ReadonlySet<string>, query: EquipmentQuery, when: boolean): Chosen {
  const { data, isPlaceholderData } = useCall("equipment_ids", query, { when });
  return useMemo(() => {
    if (!when || data === undefined || isPlaceholderData) return { ids: [...ticked], outside: null };
    const listed = data.ids.filter((id) => ticked.has(id));
    const known = new Set(listed);
    const others = [...ticked].filter((id) => !known.has(id));
    return { ids: [...listed, ...others], outside: others.length };
  }, [when, data, isPlaceholderData, ticked]);
}
