//! How much of a task sheet is done this year. Left out on purpose: lines without a box, which nobody does.
import type { Mission } from "../../wire/types";

export function progress({ sections }: Mission): { done: number; all: number } {
  const tasks = sections
    .flatMap(({ text, points, after }) => [...text, ...points, ...after])
    .filter(({ point }) => point !== null);
  return { done: tasks.filter(({ done_on }) => done_on !== null).length, all: tasks.length };
}
