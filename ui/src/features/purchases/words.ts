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

/** The stations still ahead. A refused purchase can be asked for again; a dropped one goes nowhere. */
export function ahead(state: PurchaseState): readonly PurchaseState[] {
  if (state === "abandonnee") return [];
  const from = state === "refusee" ? "projet" : state;
  return PATH.slice(PATH.indexOf(from) + 1);
}

export function isEnded(state: PurchaseState): boolean {
  return state === "maintenue" || state === "abandonnee";
}
