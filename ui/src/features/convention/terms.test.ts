//! Acronyms as they stand in the convention's sentences.
import { expect, test } from "vitest";
import type { Term } from "../../wire/types";
import { meaningOf, splitTerms } from "./terms";

const term = (acronym: string, meaning: string, remark: string | null = null): Term => ({ acronym, meaning, remark });
const TERMS = [
  term("TBI", "Tableau blanc interactif"),
  term("AAF", "Annuaire académique fédérateur"),
  term("GFC", "Gestion financière et comptable", "Logiciel EN"),
  term("GFC 2", "La suivante"),
  term("C++", "Un langage"),
];
const found = (text: string) =>
  splitTerms(text, TERMS)
    .filter((piece) => piece.term !== null)
    .map((piece) => piece.text);

test("the pieces put end to end are the text", () => {
  for (const text of ["", "TBI", "postes, imprimantes, TBI, VNI", "Le TBI du CDI : TBI en panne (AAF)"])
    expect(
      splitTerms(text, TERMS)
        .map((piece) => piece.text)
        .join(""),
      text,
    ).toBe(text);
});

test("an acronym is explained the first time, as the glossary writes it", () => {
  expect(found("Le TBI de B204 est un TBI neuf"), "once in a text").toEqual(["TBI"]);
  expect(found("l’AAF, (TBI)."), "after an apostrophe, between parentheses").toEqual(["AAF", "TBI"]);
  expect(found("les TBIs et le tbi, ÉTBI"), "neither another word nor other letters").toEqual([]);
  expect(found("GFC 2 remplace GFC"), "the longer one first").toEqual(["GFC 2", "GFC"]);
  expect(found("en C++ ici"), "signs are taken literally").toEqual(["C++"]);
});

test("an empty glossary explains nothing", () => {
  expect(splitTerms("Le TBI", [])).toEqual([{ text: "Le TBI", term: null }]);
});

test("the remark follows the words", () => {
  expect(meaningOf(term("GFC", "Gestion financière et comptable", "Logiciel EN"))).toBe(
    "Gestion financière et comptable (Logiciel EN)",
  );
  expect(meaningOf(term("TBI", "Tableau blanc interactif")), "no remark").toBe("Tableau blanc interactif");
});
