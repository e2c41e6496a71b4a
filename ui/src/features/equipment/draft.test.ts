//! A record typed and read back.
import { expect, test } from "vitest";
import { draftOf, formOf, NEW } from "./draft";

test("a record opened and saved untouched is the same record", () => {
  const record = {
    ...NEW,
    id: "7",
    kind: "Switch",
    bought_on: "2021-01-04",
    warranty_on: "2027-09-14",
    price_cents: 61205,
  };
  expect(formOf(draftOf(record)), "days and price come back as they were").toEqual({ form: record });
  expect(formOf(draftOf(NEW)), "what is not known stays not known").toEqual({ form: NEW });
});

test("what cannot be read is said at its field, all at once", () => {
  const draft = { ...draftOf(NEW), bought_on: "31/02/2026", price_cents: "douze", warranty_on: "1/9/27" };
  const read = formOf(draft);
  expect("errors" in read ? Object.keys(read.errors) : [], "the good field is not blamed").toEqual([
    "bought_on",
    "price_cents",
  ]);
});
