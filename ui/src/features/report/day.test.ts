//! Days typed by hand.
import { expect, test } from "vitest";
import { readDay } from "./day";

test("the usual ways of writing a day are understood", () => {
  for (const written of ["14/09/2027", "14/9/2027", "14.09.2027", " 14 9 2027 ", "2027-09-14"]) {
    expect(readDay(written), written).toBe("2027-09-14");
  }
});

test("a day that does not exist is not silently moved to another", () => {
  expect(readDay("31/02/2027"), "February has no 31st").toBeNull();
  expect(readDay("14/13/2027"), "there is no thirteenth month").toBeNull();
  expect(readDay("14/09/27"), "the century is not guessed").toBeNull();
  expect(readDay("hier"), "words are not a day").toBeNull();
});
