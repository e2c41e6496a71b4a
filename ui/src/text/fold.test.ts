//! What a secretary types finds what the convention writes.
import { expect, test } from "vitest";
import { fold, matcher } from "./fold";

test("accents, case, apostrophes and narrow spaces make no difference", () => {
  expect(fold("Équipement de l’EPLE\u202f: n° 1"), "as typed on a plain keyboard").toBe(
    fold("equipement de l'eple : N° 1"),
  );
  expect(fold("Mise en œuvre"), "the ligature is two letters").toBe("mise en oeuvre");
});

test("every word must be found, in any of the texts", () => {
  const matches = matcher("annuaire  ENT");
  expect(matches("Service d’annuaire", "AAF, SDET (ENT)"), "words of two texts together").toBe(true);
  expect(matches("Service d’annuaire", null), "one word missing").toBe(false);
  expect(matcher("   ")("n’importe quoi"), "nothing typed accepts everything").toBe(true);
});
