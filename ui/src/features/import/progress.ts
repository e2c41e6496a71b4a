//! Where an import stands: the file, what was chosen about it, the step.
//! Invariant: leaving the page, to look at a machine for instance, loses nothing while the window is open; going back a
//! step keeps every choice. Another way of reading the file makes its columns be proposed anew.
import { useState } from "react";
import type { ImportChoices, ImportKind, MatchKey, TakenFile } from "../../wire/types";

export type Stage = "fichier" | "lecture" | "simulation";

export interface Progress {
  stage: Stage;
  file: TakenFile | null;
  choices: ImportChoices;
}

export const AS_PROPOSED: ImportChoices = {
  encoding: null,
  separator: null,
  sheet: null,
  headings_line: null,
  mapping: null,
  keys: null,
  empty_clears: false,
  default_role: null,
};

const START: Progress = { stage: "fichier", file: null, choices: AS_PROPOSED };
const kept = new Map<ImportKind, Progress>();

export function useProgress(kind: ImportKind): [Progress, (part: Partial<Progress>) => void] {
  const [progress, setProgress] = useState(() => kept.get(kind) ?? START);
  const change = (part: Partial<Progress>) => {
    const next = { ...progress, ...part };
    kept.set(kind, next);
    setProgress(next);
  };
  return [progress, change];
}

/** Another sheet has its own headings. */
export function readAs(
  choices: ImportChoices,
  part: Partial<Pick<ImportChoices, "encoding" | "separator" | "sheet" | "headings_line">>,
): ImportChoices {
  return { ...choices, ...(part.sheet === undefined ? {} : { headings_line: null }), ...part, mapping: null };
}

/** A field is fed by one column: chosen for another, it moves there. */
export function feed(mapping: readonly (string | null)[], column: number, field: string | null): (string | null)[] {
  return mapping.map((fed, place) => (place === column ? field : fed === field ? null : fed));
}

/** Puts a key at a rank. One that stood elsewhere changes places; `null` takes the rank away. */
export function placeKey(keys: readonly MatchKey[], rank: number, key: MatchKey | null): MatchKey[] {
  const before = keys[rank];
  if (key === null) return keys.filter((_, place) => place !== rank);
  const swapped = keys.flatMap((each, place) => {
    if (place === rank) return [key];
    if (each !== key) return [each];
    return before === undefined ? [] : [before];
  });
  return rank < keys.length ? swapped : [...swapped, key];
}
