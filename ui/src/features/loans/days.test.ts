import { expect, test } from "vitest";
import { dueAfter, isoDay, LENGTHS } from "./days";

test("a week crosses months and years", () => {
  expect(dueAfter("2026-11-24", "semaine"), "within the week").toBe("2026-12-01");
  expect(dueAfter("2026-12-28", "quinzaine"), "over New Year").toBe("2027-01-11");
});

test("a month later is the same date, or the last of a shorter month", () => {
  expect(dueAfter("2026-11-24", "mois"), "same date").toBe("2026-12-24");
  expect(dueAfter("2027-01-31", "mois"), "February is shorter").toBe("2027-02-28");
  expect(dueAfter("2026-12-31", "mois"), "January is as long").toBe("2027-01-31");
});

test("the school year ends on the next 30 June", () => {
  expect(dueAfter("2026-11-24", "annee"), "autumn").toBe("2027-06-30");
  expect(dueAfter("2027-03-01", "annee"), "spring").toBe("2027-06-30");
  expect(dueAfter("2027-06-30", "annee"), "a loan never ends the day it begins").toBe("2028-06-30");
});

test("every length ends after it begins", () => {
  for (const { id } of LENGTHS) expect(dueAfter("2028-02-29", id) > "2028-02-29", id).toBe(true);
});

test("today is the day of the wall, not of Greenwich", () => {
  expect(isoDay(new Date(2026, 10, 24, 0, 5).getTime()), "five past midnight").toBe("2026-11-24");
  expect(isoDay(new Date(2026, 10, 24, 23, 55).getTime()), "just before midnight").toBe("2026-11-24");
});
