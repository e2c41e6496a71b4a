//! True while the window is narrower than `pixels`: for what CSS alone cannot change (columns of a table, a folded list).
import { useSyncExternalStore } from "react";

export function useNarrow(pixels: number): boolean {
  const query = `(max-width: ${pixels}px)`;
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}
