//! The secretary types three letters of what she looks for in a list of thirty answers.
import { expect, test } from "vitest";
import type { Choice } from "../../wire/types";
import { found } from "./find";

const choice = (id: string, label: string, hint: string | null = null, group: string | null = null): Choice => ({
  id,
  label,
  hint,
  group,
});

const CHOICES = [
  choice("eleves", "SIECLE, base élèves", null, "Gestion"),
  choice("prive", "Pronote, Molière ou un autre logiciel privé", null, "Vie scolaire"),
  choice("acces", "L’accès au réseau administratif", "Ouverture de session", "Comptes"),
];
const ids = (typed: string) => found(CHOICES, typed).map(({ id }) => id);

test("accents, capitals and apostrophes do not stand in the way", () => {
  expect(ids("eleves"), "without its accents").toEqual(["eleves"]);
  expect(ids("MOLIERE"), "in capitals").toEqual(["prive"]);
  expect(ids("l'acces"), "with the apostrophe of the keyboard").toEqual(["acces"]);
});

test("every word counts, in any order, in the label, the hint and the group", () => {
  expect(ids("reseau session"), "label and hint together").toEqual(["acces"]);
  expect(ids("scolaire pronote"), "group and label, the other way round").toEqual(["prive"]);
  expect(ids("siecle pronote"), "no answer holds both").toEqual([]);
});

test("nothing typed hides nothing", () => {
  expect(ids("  "), "spaces alone are nothing").toEqual(["eleves", "prive", "acces"]);
});
