//! A small matrix, asked the questions of a staff room.
import { expect, test } from "vitest";
import type { Cell, Family } from "../../wire/types";
import { accepts, counted, filtered, isFiltered, isOwnWork, knownOf, NO_FILTERS, OWN_WORK, otherSide } from "./filters";

const cell = (part: Partial<Cell>): Cell => ({
  activity: "mco",
  perimeter: null,
  party: "departement",
  basis: "ecrit",
  source: null,
  note: null,
  completed: null,
  ...part,
});
const COMPLETED = { by: "Hélène Castéran", on: "2026-11-20", page: "12" };
const FAMILIES: Family[] = [
  {
    id: "materiel",
    label: "Matériel",
    services: [
      {
        id: "postes",
        label: "Postes",
        explanation: null,
        cells: [
          cell({ perimeter: "administratif", party: "academie" }),
          cell({ perimeter: "pedagogique" }),
          cell({ activity: "conseil", party: "inconnu", basis: "inconnu" }),
        ],
      },
    ],
  },
  {
    id: "comptes",
    label: "Comptes",
    services: [
      {
        id: "acces",
        label: "Accès",
        explanation: null,
        cells: [cell({ activity: "assistance", party: "etablissement", basis: "complete", completed: COMPLETED })],
      },
    ],
  },
];
const all = () => true;
const ids = (families: Family[]) => families.flatMap(({ services }) => services.map(({ id }) => id));

test("what the collège does itself is one press away", () => {
  expect(ids(filtered(FAMILIES, OWN_WORK, all)), "the completed cell counts like another").toEqual(["acces"]);
  expect(isOwnWork(OWN_WORK), "the preset is recognised").toBe(true);
  expect(isOwnWork({ ...OWN_WORK, activities: ["mco"] }), "and no longer once it is narrowed").toBe(false);
});

test("a cell answers by how it is known", () => {
  const cells = FAMILIES.flatMap(({ services }) => services).flatMap((service) => service.cells);
  expect(cells.map(knownOf)).toEqual(["connue", "connue", "a-completer", "completee"]);
});

test("a cell for everyone answers for either network", () => {
  const filters = { ...NO_FILTERS, perimeters: ["administratif" as const] };
  expect(ids(filtered(FAMILIES, filters, all)), "lines kept").toEqual(["postes", "acces"]);
  expect(accepts(filters, cell({ perimeter: "pedagogique" })), "the other side is not").toBe(false);
});

test("counts say what choosing another value would show", () => {
  const filters = { ...NO_FILTERS, parties: ["academie" as const] };
  const parties = counted(FAMILIES, filters, all, "parties");
  expect(parties.get("departement"), "a value not chosen keeps its own count").toBe(1);
  expect(counted(FAMILIES, filters, all, "families"), "the other filters narrow it").toEqual(
    new Map([["materiel", 1]]),
  );
  expect(
    counted(FAMILIES, NO_FILTERS, ({ id }) => id === "acces", "known"),
    "and so do the words typed",
  ).toEqual(new Map([["completee", 1]]));
  expect(isFiltered(NO_FILTERS), "nothing chosen").toBe(false);
});

test("the network that the matrix leaves out can be completed, and it alone", () => {
  expect(otherSide([cell({ perimeter: "pedagogique" })]), "the other one").toMatchObject({
    perimeter: "administratif",
    basis: "inconnu",
    activity: "mco",
  });
  expect(otherSide([cell({})]), "one cell for everyone leaves nothing out").toBeNull();
  expect(
    otherSide([cell({ perimeter: "pedagogique" }), cell({ perimeter: "administratif" })]),
    "nor do two",
  ).toBeNull();
  expect(otherSide([]), "nor an activity without a cell").toBeNull();
});
