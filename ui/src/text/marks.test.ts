//! What the eye must find marked when it looks for a word.
import { expect, test } from "vitest";
import { excerpt, marks } from "./marks";

const hits = (text: string, typed: string) =>
  marks(text, typed)
    .filter(({ hit }) => hit)
    .map(({ text: words }) => words);

test("marked as written, whatever the accents and capitals typed", () => {
  expect(hits("Réseau pédagogique et réseaux", "RESEAU"), "every place").toEqual(["Réseau", "réseau"]);
  expect(hits("Main-d’œuvre", "oeuv"), "a sign that folds to two").toEqual(["œuv"]);
  expect(hits("Main-d’œuvre", "o"), "half of it marks the whole").toEqual(["œ"]);
  expect(hits("Cœur", "eur"), "and so does its other half").toEqual(["œur"]);
  expect(hits("re\u0301seau", "res"), "an accent that is a sign of its own").toEqual(["re\u0301s"]);
  expect(hits("l’annuaire", "l'annuaire"), "the shape of the apostrophe").toEqual(["l’annuaire"]);
});

test("several words are marked each, and touching ones together", () => {
  expect(hits("Service d’annuaire (ENT)", "ent annuaire"), "in the order of the text").toEqual(["annuaire", "ENT"]);
  expect(hits("messagerie", "mess sage"), "one inside the other").toEqual(["messa" + "ge"]);
});

test("the pieces put end to end are the text", () => {
  for (const typed of ["", "e", "œ", "pédago gique", "absent"])
    expect(
      marks("Œuvre pédagogique 🙂 fin", typed)
        .map(({ text }) => text)
        .join(""),
      typed,
    ).toBe("Œuvre pédagogique 🙂 fin");
});

test("an excerpt shows what was found", () => {
  const long = `${"Les postes sont livrés. ".repeat(20)}Le vidéoprojecteur est fixé. ${"Et ainsi de suite. ".repeat(20)}`;
  const shown = excerpt(long, "videoprojecteur");
  expect(shown, "the word is in it").toContain("vidéoprojecteur");
  expect(shown.length, "and little else").toBeLessThan(180);
  expect(shown.startsWith("… ") && shown.endsWith(" …"), "both cuts are shown").toBe(true);
  expect(excerpt("Court.", "court"), "a short text is whole").toBe("Court.");
  expect(excerpt("x".repeat(400), "absent").length, "a word without end is cut all the same").toBeLessThan(420);
});
