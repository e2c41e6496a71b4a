//! Days and prices as people type them.
import { expect, test } from "vitest";
import { readDay, readPrice, typedPrice } from "./typed";

test("a day is read in the ways it is typed", () => {
  expect(readDay("14/09/2027"), "as it is shown").toBe("2027-09-14");
  expect(readDay(" 1.2.26 "), "short, with dots").toBe("2026-02-01");
  expect(readDay("2027-09-14"), "as the application keeps it").toBe("2027-09-14");
  expect(readDay("29/02/2028"), "a leap day").toBe("2028-02-29");
  expect(readDay(""), "nothing typed is not known").toBeNull();
});

test("what is not a day is refused, not moved to another one", () => {
  for (const typed of ["31/02/2026", "29/02/2027", "14/13/2027", "0/1/2027", "2027", "demain", "2027-02-30"])
    expect(readDay(typed), typed).toBeUndefined();
});

test("a price is read in cents", () => {
  expect(readPrice("1\u202f234,50 €"), "grouped, with its unit").toBe(123450);
  expect(readPrice("612"), "whole euros").toBe(61200);
  expect(readPrice("9.9"), "a point, one decimal").toBe(990);
  expect(readPrice("  "), "nothing typed is not known").toBeNull();
  for (const typed of ["douze", "12,345", "-3", "1,2,3"]) expect(readPrice(typed), typed).toBeUndefined();
});

test("a price written is read back the same", () => {
  for (const cents of [0, 5, 99, 100, 61200, 123450]) expect(readPrice(typedPrice(cents)), `${cents}`).toBe(cents);
});
