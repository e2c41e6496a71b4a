//! A begun sheet of labels.
import { expect, test } from "vitest";
import { places, sentence, sheets } from "./sheets";

test("printing begins at the first free place and says where it ends", () => {
  expect(places(6, 3, 2), "two were used, two are printed, two stay free").toEqual([
    "used",
    "used",
    "filled",
    "filled",
    "free",
    "free",
  ]);
  expect(sentence(21, 4, 12)).toBe("12\u00a0étiquettes sur 1\u00a0feuille, de la place 4 à la place 15.");
  expect(sentence(21, 21, 1), "the last place of a sheet is enough for one").toBe(
    "1\u00a0étiquette sur 1\u00a0feuille, place 21.",
  );
});

test("the places already used count in the number of sheets", () => {
  expect(sheets(21, 1, 21)).toBe(1);
  expect(sheets(21, 2, 21), "one label falls on a second sheet").toBe(2);
  expect(sentence(21, 2, 21)).toBe("21\u00a0étiquettes sur 2\u00a0feuilles, à partir de la place 2.");
  expect(places(21, 2, 21).at(-1), "the first sheet is then filled to its end").toBe("filled");
});

test("a roll has no sheets", () => {
  expect(sentence(1, 1, 3)).toBe("3\u00a0étiquettes, sur le rouleau.");
});
