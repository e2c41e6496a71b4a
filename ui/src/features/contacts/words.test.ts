//! Names, numbers to dial, and the day of today.
import { expect, test } from "vitest";
import { dialled, isoDay, nameOf } from "./words";

const desk = { first_name: "", last_name: "", organisation: "Assistance Pronote" } as Parameters<typeof nameOf>[0];

test("a desk without a person is called by its organisation", () => {
  expect(nameOf(desk), "no name: the organisation").toBe("Assistance Pronote");
  expect(nameOf({ ...desk, last_name: "Perrin" }), "a last name is enough").toBe("Perrin");
  expect(nameOf({ ...desk, first_name: "Élodie", last_name: "Perrin" }), "first name first").toBe("Élodie Perrin");
});

test("only figures and the leading plus are dialled", () => {
  expect(dialled("05\u202f36.49 77 05"), "spaces and dots of every kind are for reading").toBe("tel:0536497705");
  expect(dialled("+33 0 53 649"), "a foreign prefix keeps its plus").toBe("tel:+33053649");
});

test("the day is the one of the wall, with two figures", () => {
  expect(isoDay(new Date(2026, 0, 5, 0, 30).getTime()), "just after midnight is already the new day").toBe(
    "2026-01-05",
  );
});
