//! A list too long to be carried whole: only the windows in sight are asked for, and the others are places kept empty.
//!
//! Invariant: `rows` is as long as the list, and a row stands at its own index; `undefined` is a row not asked for yet.
//! The first window is always kept, because it also says the total and the facets. While a changed request is answered,
//! the rows of the previous one stay, so that typing a filter never blinks.
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { type CommandName, call, type RequestOf, type ResponseOf } from "../host";
import type { WireError } from "../wire/types";
import { askAhead, useCall } from "./index";

const SIZE = 100;

interface Answer {
  total: number;
  rows: readonly unknown[];
}

/** The commands that answer by windows. */
type Windowed = {
  [Name in CommandName]: RequestOf<Name> extends { offset: number; limit: number }
    ? ResponseOf<Name> extends Answer
      ? Name
      : never
    : never;
}[CommandName];

type RowOf<Name extends Windowed> = ResponseOf<Name>["rows"][number];

interface Windows<Name extends Windowed> {
  /** The first window: total, facets, error. */
  head: UseQueryResult<ResponseOf<Name>, WireError>;
  rows: readonly (RowOf<Name> | undefined)[];
  /** The indexes in sight, told by the table. */
  onRange: (first: number, last: number) => void;
}

/** Asks for the beginning of a list before the screen is drawn again for it: the application answers meanwhile. */
export function askWindowAhead<Name extends Windowed>(
  name: Name,
  request: Omit<RequestOf<Name>, "offset" | "limit">,
): void {
  askAhead(name, windowAt<Name>(request, 0));
}

function windowAt<Name extends Windowed>(request: Omit<RequestOf<Name>, "offset" | "limit">, page: number) {
  return { ...request, offset: page * SIZE, limit: SIZE } as RequestOf<Name>;
}

export function useWindows<Name extends Windowed>(
  name: Name,
  request: Omit<RequestOf<Name>, "offset" | "limit">,
  /** The index the list opens at, and the one the arrows stand on: their windows are kept. */
  { startAt, activeIndex }: { startAt: number; activeIndex: number },
): Windows<Name> {
  const [inSight, setInSight] = useState({ first: startAt, last: startAt });
  const onRange = useCallback(
    (first: number, last: number) =>
      setInSight((before) => (before.first === first && before.last === last ? before : { first, last })),
    [],
  );
  const requestAt = (page: number) => windowAt<Name>(request, page);
  const head = useCall(name, requestAt(0));
  const total = head.data?.total ?? 0;

  const wanted = new Set<number>();
  const last = Math.min(inSight.last, total - 1);
  for (let page = Math.floor(inSight.first / SIZE); page <= Math.floor(last / SIZE); page += 1) wanted.add(page);
  if (activeIndex >= 0 && activeIndex < total) wanted.add(Math.floor(activeIndex / SIZE));
  wanted.delete(0);
  const pages = head.isPlaceholderData ? [] : [...wanted].sort((one, other) => one - other);
  const others = useQueries({
    queries: pages.map((page) => ({
      queryKey: [name, requestAt(page)],
      queryFn: () => call(name, requestAt(page)),
    })),
    combine: (results) => results.map(({ data }) => data),
  });

  // The pages change with the answers, which come back as a new array each time one arrives.
  const key = pages.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the pages.
  const rows = useMemo(() => {
    const all = new Array<RowOf<Name> | undefined>(total).fill(undefined);
    const place = (page: number, answer: ResponseOf<Name> | undefined) => {
      answer?.rows.forEach((row, index) => {
        if (page * SIZE + index < total) all[page * SIZE + index] = row;
      });
    };
    place(0, head.data);
    pages.forEach((page, index) => {
      place(page, others[index]);
    });
    return all;
  }, [total, head.data, others, key]);

  return { head, rows, onRange };
}
