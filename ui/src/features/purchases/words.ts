//! The path of a purchase on own funds as it is drawn: its stations in order, and what is still ahead.
//! Invariant: which step can be taken now is never decided here; the application gives the next ones.
import type { PurchaseState } from "../../wire/types";

export const STATIONS: Record<PurchaseState, string> = {
  projet: "Projet",
  "validation-demandee": "Validation demandée",
  validee: "Validée par le Département",
  refusee: "Refusée par le Département",
  commandee: "Commandée",
  recue: "Reçue",
  enregistree: "Enregistrée par le Département",
  maintenue: "Maintenue par le Département",
  abandonnee: "Abandonnée",
};

const PATH: readonly PurchaseState[] = [
  "projet",
  "validation-demandee",
  "validee",
  "commandee",
  "recue",
  "enregistree",
  "maintenue",
];

/**
 * The stations still ahead of the steps taken so far. A refusal takes the validation back, so it is ahead again, even of
 * what was ordered without waiting for it; a dropped purchase goes nowhere.
 */
export function ahead(taken: readonly PurchaseState[]): readonly PurchaseState[] {
  if (taken.at(-1) === "abandonnee") return [];
  const reached = new Set<PurchaseState>();
  for (const state of taken) {
    if (state === "refusee") {
      reached.delete("validation-demandee");
      reached.delete("validee");
    } else if (state === "abandonnee") reached.clear();
    else reached.add(state);
  }
  return PATH.filter((state) => state !== "projet" && !reached.has(state));
}

export function isEnded(state: PurchaseState): boolean {
  return state === "maintenue" || state === "abandonnee";
}
