//! Choices about a file: which column feeds which field, and what recognises a row.
import { expect, test } from "vitest";
import { AS_PROPOSED, feed, placeKey, readAs } from "./progress";

test("a field is fed by one column only", () => {
  const mapping = ["serie", "marque", null];
  expect(feed(mapping, 2, "serie"), "the field moves to its new column").toEqual([null, "marque", "serie"]);
  expect(feed(mapping, 1, null), "a column can feed nothing").toEqual(["serie", null, null]);
  expect(feed([null, "marque", null], 1, null), "and that frees nothing else").toEqual([null, null, null]);
});

test("a key has one rank only", () => {
  expect(placeKey(["serie", "inventaire", "nom-reseau"], 0, "nom-reseau"), "both change places").toEqual([
    "nom-reseau",
    "inventaire",
    "serie",
  ]);
  expect(placeKey(["serie"], 1, "inventaire"), "a new rank at the end").toEqual(["serie", "inventaire"]);
  expect(placeKey(["serie", "inventaire"], 2, "serie"), "the same key goes to the end").toEqual([
    "inventaire",
    "serie",
  ]);
  expect(placeKey(["serie", "inventaire"], 0, null), "the next one takes the rank").toEqual(["inventaire"]);
  expect(placeKey(["serie", "inventaire"], 1, "serie"), "the one before takes its place").toEqual([
    "inventaire",
    "serie",
  ]);
});

test("a file read otherwise has other columns", () => {
  const chosen = { ...AS_PROPOSED, mapping: ["serie"], headings_line: 3, empty_clears: true };
  expect(readAs(chosen, { separator: "virgule" }).mapping, "columns are proposed anew").toBeNull();
  expect(readAs(chosen, { separator: "virgule" }).headings_line, "the line of headings stays").toBe(3);
  expect(readAs(chosen, { sheet: "2025" }).headings_line, "another sheet has its own").toBeNull();
  expect(readAs(chosen, { sheet: "2025" }).empty_clears, "what is not about reading stays").toBe(true);
});
