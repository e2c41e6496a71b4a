//! « il y a 3 jours », kept true while the page stays open, with the full date on hover and for screen readers' time element.
import { useSyncExternalStore } from "react";
import { longMoment, relative, type When } from "../text/fr";
import { onMinute, toldFrom, wallTime } from "./clock";

/** The time of the wall, refreshed each minute. */
export function useNow(): number {
  return useSyncExternalStore(onMinute, wallTime);
}

export function RelativeTime({ when }: { when: When }) {
  const now = toldFrom(when, useNow());
  return (
    <time dateTime={new Date(when).toISOString()} title={longMoment(when, now)}>
      {relative(when, now)}
    </time>
  );
}
