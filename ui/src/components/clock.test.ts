//! The clock of the screens beside what the application has just written.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { relative } from "../text/fr";
import { onMinute, toldFrom, wallTime } from "./clock";

const START = Date.parse("2026-11-23T09:00:00Z");
const told = (when: number) => relative(when, toldFrom(when, wallTime()));

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(START);
  wallTime();
});
afterEach(() => {
  vi.useRealTimers();
});

test("what is saved now is told « à l’instant », however long the page told no time before", () => {
  vi.setSystemTime(START + 5 * 60_000);
  expect(told(Date.now()), "the first moment shown since five minutes").toBe("à l’instant");
  vi.setSystemTime(START + 5 * 60_000 + 59_000);
  expect(told(Date.now()), "saved just before the clock is read again").toBe("à l’instant");
  vi.setSystemTime(START + 3 * 3_600_000);
  expect(told(Date.now()), "after the computer slept").toBe("à l’instant");
  expect(told(START), "and what is old is old").toMatch(/^(ce matin|cet après-midi) à /);
});

test("what is to come stays to come", () => {
  expect(told(START + 4 * 60_000 + 5_000), "the next try").toBe("dans 4\u00a0min");
});

test("the page hears each minute, and nothing once it has left", () => {
  const seen: number[] = [];
  const leave = onMinute(() => seen.push(wallTime()));
  vi.advanceTimersByTime(120_000);
  leave();
  vi.advanceTimersByTime(120_000);
  expect(seen, "two minutes, then silence").toEqual([START + 60_000, START + 120_000]);
});
