//! A change on many machines, as it is typed and as it is told.
import { expect, test } from "vitest";
import type { BulkField } from "../../wire/types";
import { readValue, typedOf, valueWords } from "./bulk";

const CHOICES = {
  rooms: [{ id: "r1", code: "B204", name: "", building: "", floor: "", usage: "", equipment: 3 }],
  user_lines: [],
  kinds: [],
};

test("a day is typed in French and sent as a day; what is none is said, and none is sent", () => {
  expect(readValue({ field: "garantie", text: "14/9/2027" })).toEqual({ value: "2027-09-14" });
  expect(readValue({ field: "garantie", text: "" }), "an empty day empties the field").toEqual({ value: "" });
  expect("error" in readValue({ field: "achat", text: "mars 2021" }), "a month is no day").toBe(true);
});

test("what is typed elsewhere goes as it is, even when it looks like a day", () => {
  expect(readValue({ field: "commande", text: "14/9/2027" })).toEqual({ value: "14/9/2027" });
});

test("a list begins with nothing chosen, and is not sent so", () => {
  expect("error" in readValue(typedOf("salle")), "« Sans salle » must be a choice").toBe(true);
  expect(readValue({ field: "salle", text: "" }), "and is one when it was made").toEqual({ value: "" });
  expect(readValue(typedOf("facture")), "a line left empty empties the field").toEqual({ value: "" });
});

test("the sentence names what will change in the words of the screen", () => {
  const words = (field: BulkField, text: string) => valueWords({ field, text }, CHOICES);
  expect(words("salle", "r1")).toBe("salle B204");
  expect(words("salle", ""), "an emptied room is told").toBe("sans salle");
  expect(words("etat", "en-reserve")).toBe("état\u202f: en réserve");
  expect(words("achat", "2/1/2024")).toBe("date d’achat\u202f: 02/01/2024");
  expect(words("notes", ""), "an emptied field is told").toBe("notes\u202f: rien");
  expect(words("validation", "oui"), "the name of the Département keeps its capital").toBe(
    "achat validé par le Département\u202f: oui",
  );
});
