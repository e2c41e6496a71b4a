//! The time of the wall, to the minute: the only clock of the ui.
//! Invariant: what is read is never a minute behind the wall, also when nobody listened for hours or the computer slept;
//! between two readings within a minute it stands still, so that a page tells one time.
import type { When } from "../text/fr";

const MINUTE_MS = 60_000;

const listeners = new Set<() => void>();
let read = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

export function wallTime(): number {
  const wall = Date.now();
  if (Math.abs(wall - read) >= MINUTE_MS) read = wall;
  return read;
}

/** Tells each minute that time has passed, until the function it gives back is called. */
export function onMinute(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    read = Date.now();
    for (const each of listeners) each();
  }, MINUTE_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The moment to tell `when` from: what has just happened is not in the future of a clock read within the minute. */
export function toldFrom(when: When, now: number): number {
  return typeof when === "number" && when > now && when - now < MINUTE_MS ? when : now;
}
