//! What is said of a dossier that would go elsewhere today.
import { expect, test } from "vitest";
import type { Route } from "../../wire/types";
import { whereToday } from "./today";

const route = (said: Partial<Route>): Route => ({
  party: "academie",
  basis: "ecrit",
  source: null,
  note: null,
  channel: "plateforme",
  explanation: "",
  before: [],
  warnings: [],
  path: [],
  ...said,
});

test("what differs is said, the responsible one first", () => {
  expect(whereToday(route({}), route({ party: "region", channel: "interne" })), "another responsible").toBe(
    "Aujourd’hui, ce dossier irait à la Région.",
  );
  expect(whereToday(route({}), route({ channel: "validation-prealable" })), "the same one by another way").toBe(
    "Aujourd’hui, même responsable, mais ce dossier demanderait d’abord une validation.",
  );
  expect(whereToday(route({}), route({ basis: "complete" })), "the same, known otherwise").toBe(
    "Aujourd’hui, ce dossier irait au même responsable, pour une autre raison.",
  );
  expect(whereToday(route({}), route({ party: "inconnu" })), "nobody is guessed").toBe(
    "Aujourd’hui, ce dossier irait à la plateforme d’assistance, qui trouverait le responsable.",
  );
});
