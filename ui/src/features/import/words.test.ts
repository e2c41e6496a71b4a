//! The figures of an import in one line.
import { expect, test } from "vitest";
import { equation } from "./words";

test("what was read is the sum of four figures, each agreed with its number", () => {
  const refusal = { line: 3, origin: null, column: null, reason: "x", candidates: [] };
  const figures = {
    read: 1304,
    created: 1300,
    updated: 1,
    unchanged: 2,
    refused: [refusal],
    encoding: null,
    separator: null,
  };
  expect(equation(figures).replace(/[\u00a0\u202f]/g, " "), "singular under two, thousands parted").toBe(
    "1 304 lus = 1 300 créés + 1 modifié + 2 inchangés + 1 refusé",
  );
});
