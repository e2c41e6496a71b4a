//! What is to be done at once on a dossier just made, carried by the history: gone once the page is left.

export interface Arriving {
  /** A call was announced: its words are asked for. */
  calls: boolean;
}

/** Read once: coming back to the same place later asks nothing again. */
export function arrivesToCall(): boolean {
  const state: unknown = history.state;
  if (typeof state !== "object" || state === null || !("calls" in state) || state.calls !== true) return false;
  history.replaceState({ ...state, calls: false }, "");
  return true;
}
