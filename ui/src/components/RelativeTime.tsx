//! « il y a 3 jours », kept true while the page stays open, with the full date on hover and for screen readers' time element.
import { useSyncExternalStore } from "react";
import { longMoment, relative, type When } from "../text/fr";

const listeners = new Set<() => void>();
let now = Date.now();
let timer: number | undefined;

/** The time of the wall, refreshed each minute: the only clock of the ui. */
export function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      timer ??= window.setInterval(() => {
        now = Date.now();
        for (const each of listeners) each();
      }, 60_000);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          window.clearInterval(timer);
          timer = undefined;
        }
      };
    },
    () => now,
  );
}

export function RelativeTime({ when }: { when: When }) {
  // Something that has just happened is never in the future of a clock refreshed a moment ago.
  const current = Math.max(useNow(), typeof when === "number" && when - now < 60_000 ? when : 0);
  return (
    <time dateTime={new Date(when).toISOString()} title={longMoment(when, current)}>
      {relative(when, current)}
    </time>
  );
}
