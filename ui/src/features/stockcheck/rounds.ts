//! Going round the rooms: their choice by building, the next one to visit, and what the last scan added.
//! Invariant: pure. Left out on purpose: every verdict, which the application gives.
import { fold } from "../../text/fold";
import type { CheckRoom, Room, StockCheckView } from "../../wire/types";

export interface Building {
  name: string;
  rooms: readonly Room[];
}

/** Rooms by building, each in the order of its code; those without a building last. */
export function byBuilding(rooms: readonly Room[]): readonly Building[] {
  const buildings = new Map<string, Room[]>();
  for (const room of rooms) {
    const name = room.building.trim();
    buildings.set(name, [...(buildings.get(name) ?? []), room]);
  }
  const order = (one: string, other: string) => one.localeCompare(other, "fr", { numeric: true });
  return [...buildings]
    .sort(([one], [other]) => Number(one === "") - Number(other === "") || order(one, other))
    .map(([name, inside]) => ({ name, rooms: inside.sort((one, other) => order(one.code, other.code)) }));
}

/** « Récolement de novembre 2026 », « Récolement d’octobre 2026 ». */
export function proposedTitle(now: number): string {
  const month = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric" }).format(now);
  return `Récolement ${/^[aeiouh]/.test(fold(month)) ? "d’" : "de "}${month}`;
}

export function isAwaiting({ lines }: CheckRoom): boolean {
  return lines.some(({ verdict }) => verdict === "attendu");
}

/** Nothing was seen there although something is awaited: perhaps nobody went. */
export function isUnvisited(room: CheckRoom): boolean {
  const seen = room.lines.some(({ sighting_id, verdict }) => sighting_id !== null && verdict !== "vu-ailleurs");
  return isAwaiting(room) && !seen;
}

/** The room one starts or resumes with: the first where something is still awaited. */
export function firstToVisit(rooms: readonly CheckRoom[]): string | null {
  return (rooms.find(isAwaiting) ?? rooms[0])?.room_id ?? null;
}

/** The next room where something is awaited, round the whole list; none when no other waits. */
export function nextToVisit(rooms: readonly CheckRoom[], currentId: string): CheckRoom | null {
  const at = rooms.findIndex(({ room_id }) => room_id === currentId);
  const round = [...rooms.slice(at + 1), ...rooms.slice(0, Math.max(0, at))];
  return round.find(isAwaiting) ?? null;
}

/** The room before or after in the list, without going round. */
export function neighbour(rooms: readonly CheckRoom[], currentId: string, step: 1 | -1): CheckRoom | null {
  const at = rooms.findIndex(({ room_id }) => room_id === currentId);
  return at < 0 ? null : (rooms[at + step] ?? null);
}

function sightings(view: StockCheckView | undefined): Set<string> {
  const ids = (view?.rooms ?? []).flatMap(({ lines }) => lines).flatMap(({ sighting_id }) => sighting_id ?? []);
  return new Set(ids);
}

/** What the last scan added, when it can simply be taken back: a machine seen again replaces what was seen before. */
export function addedSighting(before: StockCheckView | undefined, after: StockCheckView): string | null {
  const known = sightings(before);
  const now = sightings(after);
  if (now.size <= known.size) return null;
  return [...now].find((id) => !known.has(id)) ?? null;
}
