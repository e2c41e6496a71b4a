//! A long list as a table: only the rows in sight exist in the page, and the keyboard walks all of them.
//!
//! The focus stays on the grid, which names its active row (aria-activedescendant): a row that scrolls out of sight can
//! disappear without taking the focus away. Arrows, Page, Home and End move; Enter opens; Space ticks.
//! A row not read yet (`undefined` in `items`) keeps its place; the arrows may go there, and stand on it when it comes.
//! Left out on purpose: sorting and filtering, which the application does; the table only says which column was asked.
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Checkbox } from "./Checkbox";
import { cx } from "./cx";
import styles from "./DataTable.module.css";
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
    overscan: 8,
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
  const shownList = useRef(listKey);
  useEffect(() => {
    if (shownList.current === listKey) return;
    shownList.current = listKey;
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

  const active = awaited ?? items.findIndex((item) => item !== undefined && idOf(item) === activeId);
  const tick = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    onTick?.(next);
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
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (step !== undefined) {
      const next = Math.min(Math.max(step, 0), items.length - 1);
      const target = items[next];
      setAwaited(target === undefined ? next : null);
      if (target !== undefined) onActive(idOf(target));
      virtual.scrollToIndex(next);
    } else if (event.key === "Enter" && item !== undefined) onOpen?.(idOf(item));
    else if (event.key === " " && item !== undefined && onTick) tick(idOf(item));
    else return;
    event.preventDefault();
  };

  if (items.length === 0) return <div className={cx(styles.frame, styles.nothing)}>{props.empty}</div>;

  const tracks = isNarrow ? "minmax(0, 1fr)" : columns.map(({ width }) => width).join(" ");
  const template = onTick ? `2.75rem ${tracks}` : tracks;
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
        className={styles.scroller}
      >
        {/* Heading and rows share one width, or columns would not align once the table scrolls sideways. */}
        <div role="presentation" className={styles.inner}>
          <div role="rowgroup" className={styles.head}>
            <div
              role="row"
              aria-rowindex={1}
              tabIndex={-1}
              className={styles.headRow}
              style={{ gridTemplateColumns: template }}
            >
              {onTick && (
                <div role="columnheader" tabIndex={-1} className={styles.tick}>
                  <Checkbox
                    aria-label="Tout cocher"
                    isSelected={ticked?.size === items.length}
                    isIndeterminate={Boolean(ticked?.size) && ticked?.size !== items.length}
                    onChange={(all) => onTick(new Set(all ? items.filter((item) => item !== undefined).map(idOf) : []))}
                  />
                </div>
              )}
              {isNarrow ? (
                <div role="columnheader" tabIndex={-1}>
                  {label}
                </div>
              ) : (
                columns.map((column) => <HeaderCell key={column.id} column={column} {...props} />)
              )}
            </div>
          </div>
          <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
            {shown.map(({ index, start, size }) => {
              const item = items[index];
              if (item === undefined) {
                const style = { height: size, transform: `translateY(${start}px)` };
                return <PendingRow key={index} id={`${base}-${index}`} index={index} style={style} />;
              }
              const id = idOf(item);
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the keyboard for all its rows.
                <div
                  key={id}
                  id={`${base}-${index}`}
                  role="row"
                  tabIndex={-1}
                  aria-rowindex={index + 2}
                  aria-selected={id === activeId || Boolean(ticked?.has(id))}
                  className={cx(styles.row, id === activeId && styles.active)}
                  style={{ gridTemplateColumns: template, height: size, transform: `translateY(${start}px)` }}
                  onClick={(event) => {
                    onActive(id);
                    // A click puts the focus on a cell, which may scroll away: the grid keeps it, and the arrows go on.
                    const inside = event.target instanceof Element && event.target.closest("a, button, label, input");
                    if (!inside) scroller.current?.focus({ preventScroll: true });
                  }}
                  onDoubleClick={() => onOpen?.(id)}
                >
                  {onTick && (
                    <div role="gridcell" tabIndex={-1} className={styles.tick}>
                      <Checkbox
                        aria-label="Cocher cette ligne"
                        isSelected={ticked?.has(id) ?? false}
                        onChange={() => tick(id)}
                      />
                    </div>
                  )}
                  {isNarrow ? (
                    <div role="gridcell" tabIndex={-1} className={styles.cell}>
                      {props.narrow(item)}
                    </div>
                  ) : (
                    columns.map((column) => (
                      <div
                        key={column.id}
                        role="gridcell"
                        tabIndex={-1}
                        className={cx(styles.cell, column.numeric && styles.numeric)}
                      >
                        {column.cell(item)}
                      </div>
                    ))
                  )}
                </div>
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

function HeaderCell<Item, Sort extends string>({
  column,
  sort,
  onSort,
}: Pick<DataTableProps<Item, Sort>, "sort" | "onSort"> & { column: Column<Item, Sort> }) {
  const by = column.sort;
  const isSorted = by !== undefined && sort?.by === by;
  const Arrow = sort?.descending ? ArrowDown : ArrowUp;
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      aria-sort={isSorted ? (sort?.descending ? "descending" : "ascending") : undefined}
      className={cx(column.numeric && styles.numeric)}
    >
      {by === undefined || !onSort ? (
        column.header
      ) : (
        <button type="button" className={styles.sort} onClick={() => onSort(by, isSorted && !sort?.descending)}>
          {column.header}
          {isSorted && <Arrow size={14} aria-hidden />}
        </button>
      )}
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
