//! Days counted from another day, for the usual lengths of a loan.
//! Invariant: pure; a day is « YYYY-MM-DD » and is never shifted by the time zone.
//! Left out on purpose: whether a loan is late, which the application says.

export type Length = "semaine" | "quinzaine" | "mois" | "annee";

/** Lengths that are lent for, the shortest first. */
export const LENGTHS: readonly { id: Length; label: string }[] = [
  { id: "semaine", label: "Une semaine" },
  { id: "quinzaine", label: "Deux semaines" },
  { id: "mois", label: "Un mois" },
  { id: "annee", label: "Jusqu’au 30 juin" },
];

function parts(day: string): [number, number, number] {
  const [year = 1970, month = 1, date = 1] = day.split("-").map(Number);
  return [year, month, date];
}

function iso(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

/** The day a loan of that length ends. A month later is the same date, or the last of a shorter month. */
export function dueAfter(from: string, length: Length): string {
  const [year, month, date] = parts(from);
  if (length === "semaine") return iso(year, month, date + 7);
  if (length === "quinzaine") return iso(year, month, date + 14);
  if (length === "mois") {
    const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    return iso(year, month + 1, Math.min(date, last));
  }
  const june = iso(year, 6, 30);
  return from < june ? june : iso(year + 1, 6, 30);
}

/** Today by the time of the wall. */
export function isoDay(now: number): string {
  const date = new Date(now);
  return iso(date.getFullYear(), date.getMonth() + 1, date.getDate());
}
