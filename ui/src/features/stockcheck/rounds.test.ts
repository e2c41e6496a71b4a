import { describe, expect, test } from "vitest";
import type { CheckLine, CheckRoom, Room, StockCheckView, Verdict } from "../../wire/types";
import { addedSighting, byBuilding, firstToVisit, isUnvisited, neighbour, nextToVisit, proposedTitle } from "./rounds";

const room = (code: string, building: string): Room => ({
  id: code,
  code,
  name: "",
  building,
  floor: "",
  usage: "",
  equipment: 0,
});

const line = (verdict: Verdict, sighting_id: string | null = null): CheckLine => ({
  equipment_id: "e",
  label: "Poste fixe",
  mark: "S1",
  verdict,
  detail: "",
  sighting_id,
});

const FIGURES = { awaited: 0, present: 0, moved: 0, missing: 0, unknown: 0 };
const checked = (room_id: string, ...lines: CheckLine[]): CheckRoom => ({
  room_id,
  code: room_id,
  name: "",
  figures: FIGURES,
  lines,
});
const view = (...rooms: CheckRoom[]): StockCheckView => ({
  row: {
    id: "c",
    title: "",
    state: "en-cours",
    created_at_ms: 0,
    applied_at_ms: null,
    rooms: rooms.length,
    figures: FIGURES,
  },
  rooms,
  batch_id: null,
});

test("rooms stand by building, codes as people count, the rest last", () => {
  const buildings = byBuilding([room("Z1", ""), room("B10", "B"), room("B2", "B"), room("A1", "A")]);
  expect(
    buildings.map(({ name }) => name),
    "a room without building comes last",
  ).toEqual(["A", "B", ""]);
  expect(
    buildings[1]?.rooms.map(({ code }) => code),
    "B2 comes before B10",
  ).toEqual(["B2", "B10"]);
});

test("the proposed title elides before a vowel", () => {
  expect(proposedTitle(new Date(2026, 10, 24).getTime()), "novembre").toBe("Récolement de novembre 2026");
  expect(proposedTitle(new Date(2026, 9, 1).getTime()), "octobre").toBe("Récolement d’octobre 2026");
  expect(proposedTitle(new Date(2026, 7, 1).getTime()), "août").toBe("Récolement d’août 2026");
});

describe("going round", () => {
  const done = checked("A", line("present", "s1"));
  const begun = checked("B", line("present", "s2"), line("attendu"));
  const untouched = checked("C", line("attendu"));

  test("one resumes where something is still awaited", () => {
    expect(firstToVisit([done, begun, untouched])).toBe("B");
    expect(firstToVisit([done]), "all seen: the first one").toBe("A");
    expect(firstToVisit([]), "no room").toBeNull();
  });

  test("the next room goes round the list and skips those that are done", () => {
    expect(nextToVisit([begun, done, untouched], "B")?.room_id).toBe("C");
    expect(nextToVisit([begun, done, untouched], "C")?.room_id, "round the end").toBe("B");
    expect(nextToVisit([begun, done], "B"), "nothing else waits").toBeNull();
  });

  test("the neighbours stop at both ends", () => {
    expect(neighbour([done, begun], "A", 1)?.room_id).toBe("B");
    expect(neighbour([done, begun], "A", -1)).toBeNull();
    expect(neighbour([done, begun], "B", 1)).toBeNull();
  });

  test("a room where nothing was seen is told apart from one begun", () => {
    expect(isUnvisited(untouched), "nobody went").toBe(true);
    expect(isUnvisited(begun), "something was seen").toBe(false);
    expect(isUnvisited(checked("D", line("vu-ailleurs", "s9"), line("attendu"))), "seen, but elsewhere").toBe(true);
  });
});

test("only a sighting that was added can be taken back", () => {
  const before = view(checked("A", line("present", "s1"), line("attendu")));
  expect(addedSighting(before, view(checked("A", line("present", "s1"), line("present", "s2"))))).toBe("s2");
  expect(addedSighting(before, view(checked("A", line("present", "s3"), line("attendu")))), "seen again").toBeNull();
  expect(addedSighting(undefined, view(checked("A", line("inconnu", "s4")))), "the first of all").toBe("s4");
});
