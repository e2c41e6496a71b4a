//! A long list as a table: only the rows in sight exist in the page, and the keyboard walks all of them.
//!
//! The focus stays on the grid, which names its active row (aria-activedescendant): a row that scrolls out of sight can
//! disappear without taking the focus away. Arrows, Page, Home and End move; Enter opens; Space ticks, with Shift all the
//! rows since the last tick; Ctrl A ticks them all.
//! A row not read yet (`undefined` in `items`) keeps its place; the arrows may go there, and stand on it when it comes.
//! Invariant: a row is drawn again only when it, its ticks or its place change. Typing a filter must not redraw them all.
//! Left out on purpose: sorting and filtering, which the application does; the table only says which column was asked.
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from "react";
import { cx } from "./cx";
import styles from "./DataTable.module.css";
import { TableHead } from "./TableHead";
import { type RowActs, TableRow } from "./TableRow";
import { useNarrow } from "./useNarrow";

export interface Column<Item, Sort extends string = string> {
  id: string;
  header: string;
  /** A track of CSS grid: « minmax(12rem, 2fr) », « 8rem ». */
  width: string;
  cell: (item: Item) => ReactNode;
  /** The order asked for by a click on the header. */
  sort?: Sort;
  numeric?: boolean;
}

interface DataTableProps<Item, Sort extends string> {
  label: string;
  columns: readonly Column<Item, Sort>[];
  /** All of them, or those read so far: `undefined` holds the place of a row that `onRange` will ask for. */
  items: readonly (Item | undefined)[];
  /** How many there are in all, when `items` is only their beginning. */
  total?: number;
  idOf: (item: Item) => string;
  /** The row shown beside, or the one the arrows stand on. */
  activeId: string | null;
  onActive: (id: string) => void;
  /** Enter, or a double click. Without it, making a row active is enough. */
  onOpen?: (id: string) => void;
  sort?: { by: Sort; descending: boolean };
  onSort?: (by: Sort, descending: boolean) => void;
  /** Ticked rows, for what is done to several at once. */
  ticked?: ReadonlySet<string>;
  onTick?: (ids: ReadonlySet<string>) => void;
  /** « Tout choisir » and ranges, when rows are read by windows: only the screen knows the ids of the others. */
  onTickAll?: (all: boolean) => void;
  onTickRange?: (first: number, last: number) => void;
  /** One row in a window too narrow for columns. */
  narrow: (item: Item) => ReactNode;
  /** Pixels of a row, two lines by default. */
  rowHeight?: number;
  /** The end is near: more can be asked for. */
  onNearEnd?: () => void;
  /** The indexes in sight, when rows are read by windows. */
  onRange?: (first: number, last: number) => void;
  /** Another list than before (filter, order): it is read from its beginning again. */
  listKey?: string;
  /** The index the list opens at, when one comes back to it. */
  startAt?: number;
  empty: ReactNode;
}

export function DataTable<Item, Sort extends string = string>(props: DataTableProps<Item, Sort>) {
  const { label, columns, items, idOf, activeId, onActive, onOpen, ticked, onTick, rowHeight = 54, onNearEnd } = props;
  const { onRange, listKey, startAt = 0 } = props;
  const base = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const isNarrow = useNarrow(720);
  const height = isNarrow ? Math.max(rowHeight, 76) : rowHeight;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 4,
    scrollPaddingStart: isNarrow ? 4 : 42,
    initialOffset: Math.max(0, startAt - 3) * height,
  });
  // A change of height (narrow or not) must be measured again, or rows overlap.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what makes the measure stale.
  useEffect(() => virtual.measure(), [height, virtual]);

  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (items.length > 0 && lastShown >= items.length - 20) onNearEnd?.();
  }, [lastShown, items.length, onNearEnd]);
  const firstShown = shown[0]?.index ?? 0;
  useEffect(() => onRange?.(firstShown, lastShown), [firstShown, lastShown, onRange]);
  /** Where a range begins. */
  const lastTicked = useRef<number | null>(null);
  const shownList = useRef(listKey);
  useEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
    lastTicked.current = null;
    virtual.scrollToOffset(0);
  }, [listKey, virtual]);

  // The arrows may reach a row before it is read: it becomes the active one as soon as it is.
  const [awaited, setAwaited] = useState<number | null>(null);
  const arrived = awaited === null ? undefined : items[awaited];
  const arrivedId = arrived === undefined ? null : idOf(arrived);
  useEffect(() => {
    if (arrivedId === null) return;
    setAwaited(null);
    onActive(arrivedId);
  }, [arrivedId, onActive]);

  const active =
    awaited ?? (activeId === null ? -1 : items.findIndex((item) => item !== undefined && idOf(item) === activeId));
  const tick = (index: number, range: boolean) => {
    const from = lastTicked.current;
    const item = items[index];
    lastTicked.current = index;
    if (range && from !== null && from !== index) return tickRange(Math.min(from, index), Math.max(from, index));
    if (item === undefined) return;
    const next = new Set(ticked);
    if (!next.delete(idOf(item))) next.add(idOf(item));
    onTick?.(next);
  };
  const tickRange = (first: number, last: number) => {
    if (props.onTickRange) return props.onTickRange(first, last);
    const between = items.slice(first, last + 1).filter((item) => item !== undefined);
    onTick?.(new Set([...(ticked ?? []), ...between.map(idOf)]));
  };
  const tickAll = (all: boolean) => {
    if (props.onTickAll) return props.onTickAll(all);
    onTick?.(new Set(all ? items.filter((item) => item !== undefined).map(idOf) : []));
  };
  const activate = (index: number) => {
    const target = items[index];
    setAwaited(target === undefined ? index : null);
    if (target !== undefined) onActive(idOf(target));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height) - 2);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: items.length - 1,
    };
    const item = items[active];
    const step = steps[event.key];
    if (event.target !== event.currentTarget || event.altKey) return;
    if (event.ctrlKey || event.metaKey) {
      if (event.key.toLowerCase() !== "a" || !onTick) return;
      tickAll(true);
    } else if (step !== undefined) {
      const next = Math.min(Math.max(step, 0), items.length - 1);
      activate(next);
      virtual.scrollToIndex(next);
    } else if (event.key === "Enter" && item !== undefined) onOpen?.(idOf(item));
    else if (event.key === " " && item !== undefined && onTick) tick(active, event.shiftKey);
    else return;
    event.preventDefault();
  };

  // The acts of a row never change, so that a row is not drawn again for them.
  const latest = useRef<RowActs>({ activate, tick, open: () => {} });
  latest.current = {
    // A click puts the focus on a cell, which may scroll away: the grid keeps it, and the arrows go on.
    activate: (index, focus) => {
      activate(index);
      if (focus) scroller.current?.focus({ preventScroll: true });
    },
    tick: (index, range) => {
      tick(index, range);
      scroller.current?.focus({ preventScroll: true });
    },
    open: (index) => {
      const item = items[index];
      if (item !== undefined) onOpen?.(idOf(item));
    },
  };
  const acts = useMemo<RowActs>(
    () => ({
      activate: (index, focus) => latest.current.activate(index, focus),
      tick: (index, range) => latest.current.tick(index, range),
      open: (index) => latest.current.open(index),
    }),
    [],
  );

  if (items.length === 0) return <div className={cx(styles.frame, styles.nothing)}>{props.empty}</div>;

  const tracks = isNarrow ? "minmax(0, 1fr)" : columns.map(({ width }) => width).join(" ");
  const template = onTick ? `2.75rem ${tracks}` : tracks;
  const count = ticked?.size ?? 0;
  const isAll = count > 0 && count >= (props.total ?? items.length);
  return (
    <div className={styles.frame}>
      {/* A virtual grid cannot be a <table>, whose rows must all exist. */}
      <div
        ref={scroller}
        role="grid"
        aria-label={label}
        aria-rowcount={(props.total ?? items.length) + 1}
        aria-multiselectable={onTick ? true : undefined}
        aria-activedescendant={shown.some(({ index }) => index === active) ? `${base}-${active}` : undefined}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => currentTarget.toggleAttribute("data-sideways", currentTarget.scrollLeft > 0)}
        className={styles.scroller}
      >
        {/* Heading and rows share one width, or columns would not align once the table scrolls sideways. */}
        <div role="presentation" className={styles.inner}>
          <TableHead
            label={label}
            columns={columns}
            isNarrow={isNarrow}
            template={template}
            ticks={onTick ? { all: isAll, some: count > 0, onChange: () => tickAll(!isAll) } : null}
            {...(props.sort ? { sort: props.sort } : {})}
            {...(props.onSort ? { onSort: props.onSort } : {})}
          />
          <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, start, size }) => {
              const item = items[index];
              if (item === undefined) {
                const style = { height: size, transform: `translateY(${start}px)` };
                return <PendingRow key={index} id={`${base}-${index}`} index={index} style={style} />;
              }
              const id = idOf(item);
              return (
                // A place keeps its row of the page whatever stands in it: another list rewrites words, it builds nothing.
                <TableRow
                  key={index}
                  id={`${base}-${index}`}
                  index={index}
                  item={item}
                  columns={columns}
                  narrow={isNarrow ? props.narrow : null}
                  template={template}
                  start={start}
                  size={size}
                  isActive={id === activeId}
                  isTicked={onTick ? Boolean(ticked?.has(id)) : null}
                  acts={acts}
                />
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}

/** The place of a row that is being read. */
function PendingRow({ id, index, style }: { id: string; index: number; style: CSSProperties }) {
  return (
    <div id={id} role="row" tabIndex={-1} aria-rowindex={index + 2} className={styles.row} style={style}>
      <div role="gridcell" tabIndex={-1} className={styles.cell}>
        <span className={styles.pending} aria-hidden />
        <span className="visually-hidden">Chargement</span>
      </div>
    </div>
  );
}

/** A cell in two lines: what it is, and underneath what helps to tell it apart. */
export function TwoLines({ main, sub, strong }: { main: ReactNode; sub?: ReactNode; strong?: boolean }) {
  return (
    <div className={styles.two}>
      <div className={cx(styles.line, strong && styles.strong)}>{main}</div>
      {sub && <div className={cx(styles.line, styles.sub)}>{sub}</div>}
    </div>
  );
}
