//! What is missing before a page of the form can be turned.
import { expect, test } from "vitest";
import type { Field, Question } from "../../wire/types";
import { fieldProblem, isBlank, isEnough, keepable, leftAsIs, missingTrials, textsOf, trialAfter } from "./answers";

const page: Question = {
  id: "q",
  title: "Avez-vous essayé ?",
  help: null,
  why: null,
  kind: "essais",
  choices: [],
  optional: false,
  example: null,
  trials: [
    { id: "1", text: "Redémarrez le poste" },
    { id: "2", text: "Changez de câble" },
    { id: "3", text: "Essayez une autre prise" },
  ],
  fields: [],
  previous: null,
};

test("every trial has an outcome before the page turns, unless one settled it", () => {
  expect(missingTrials(page, null), "nothing was said yet").toEqual(["1", "2", "3"]);
  expect(missingTrials(page, { "2": "pas-pu" }), "those without a word are pointed at, in order").toEqual(["1", "3"]);
  expect(missingTrials(page, { "2": "regle" }), "once it works, nobody tries on").toEqual([]);
  expect(missingTrials(page, { "1": "pas-regle", "2": "pas-pu", "3": "pas-regle" }), "all were said").toEqual([]);
});

test("a key answers one trial and leads to the next; the last one stays", () => {
  expect(trialAfter(page, "1"), "the next in order").toBe("2");
  expect(trialAfter(page, "3"), "there is nothing after the last").toBe("3");
});

test("a page of lines left empty is an answer without words", () => {
  expect(leftAsIs({ ...page, kind: "fiche" }), "lines by field").toEqual({});
  expect(isBlank({}), "no line").toBe(true);
  expect(isBlank({ telephone: "  ", depuis: "" }), "only spaces").toBe(true);
  expect(isBlank({ telephone: "05 62 00 00 00" }), "one line is enough to be kept").toBe(false);
  expect(textsOf(["a"]), "another kind of answer holds no lines").toEqual({});
});

test("a day or a number that cannot be read is said before it leaves", () => {
  const line = (kind: Field["kind"]): Field => ({ id: "l", label: "Ligne", hint: null, kind });
  expect(fieldProblem(line("date"), "hier"), "no day is guessed").toContain("14/09/2027");
  expect(fieldProblem(line("date"), "14/9/27"), "as people type it").toBeUndefined();
  expect(fieldProblem(line("date"), "2027-09-14"), "as it is kept").toBeUndefined();
  expect(fieldProblem(line("nombre"), "douze"), "figures only").toContain("chiffres");
  expect(fieldProblem(line("nombre"), " 12 "), "spaces around do no harm").toBeUndefined();
  expect(fieldProblem(line("ligne"), "douze"), "free text is free").toBeUndefined();
  expect(fieldProblem(line("date"), ""), "nothing is required").toBeUndefined();
});

test("what is half typed stays on screen and is not kept", () => {
  const lines: Question = {
    ...page,
    kind: "fiche",
    fields: [
      { id: "depuis", label: "Depuis quand", hint: null, kind: "date" },
      { id: "postes", label: "Nombre de postes", hint: null, kind: "nombre" },
      { id: "tel", label: "Téléphone", hint: null, kind: "telephone" },
    ],
  };
  const typed = { depuis: "14/0", postes: "12", tel: " " };
  expect(keepable(lines, typed), "only what can be read leaves the screen").toEqual({ postes: "12" });
  expect(isEnough(lines, typed), "and the page does not turn on it").toBe(false);
  const whole = { ...typed, depuis: "14/09/27" };
  expect(keepable(lines, whole), "a day leaves as the application writes it").toEqual({
    depuis: "2027-09-14",
    postes: "12",
  });
  expect(isEnough(lines, whole), "now it turns").toBe(true);
});
