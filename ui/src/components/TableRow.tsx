//! One row of a DataTable. Drawn again only when something of it changes, so that twenty rows follow each keystroke.
//! Its box is a plain one: the grid holds the keyboard (Space), and dozens of them stand on a screen.
import { type ChangeEvent, type MouseEvent, memo, type ReactNode } from "react";
import { cx } from "./cx";
import type { Column } from "./DataTable";
import styles from "./DataTable.module.css";

export interface RowActs {
  /** `focus`: the grid takes the focus, because nothing inside the row wants it. */
  activate: (index: number, focus: boolean) => void;
  /** `range`: all rows since the last one ticked. */
  tick: (index: number, range: boolean) => void;
  open: (index: number) => void;
}

interface TableRowProps<Item, Sort extends string> {
  id: string;
  index: number;
  item: Item;
  columns: readonly Column<Item, Sort>[];
  /** How the row is drawn where columns do not fit; null where they do. */
  narrow: ((item: Item) => ReactNode) | null;
  template: string;
  start: number;
  size: number;
  isActive: boolean;
  /** Null where nothing is ticked. */
  isTicked: boolean | null;
  acts: RowActs;
}

function Row<Item, Sort extends string>(props: TableRowProps<Item, Sort>) {
  const { id, index, item, columns, narrow, template, start, size, isActive, isTicked, acts } = props;
  const onClick = (event: MouseEvent) => {
    const inside = event.target instanceof Element && event.target.closest("a, button, label, input");
    acts.activate(index, !inside);
  };
  const onChange = ({ nativeEvent }: ChangeEvent) =>
    acts.tick(index, "shiftKey" in nativeEvent && nativeEvent.shiftKey === true);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid holds the keyboard for all its rows.
    <div
      id={id}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isTicked ?? isActive}
      className={cx(styles.row, isTicked && styles.ticked, isActive && styles.active)}
      style={{ gridTemplateColumns: template, height: size, transform: `translateY(${start}px)` }}
      onClick={onClick}
      onDoubleClick={() => acts.open(index)}
    >
      {isTicked !== null && (
        <div role="gridcell" tabIndex={-1} className={styles.tick}>
          <label className={styles.tickTarget}>
            <input
              type="checkbox"
              tabIndex={-1}
              aria-label="Choisir cette ligne"
              className={styles.box}
              checked={isTicked}
              onChange={onChange}
            />
          </label>
        </div>
      )}
      {narrow ? (
        <div role="gridcell" tabIndex={-1} className={styles.cell}>
          {narrow(item)}
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
}

/** `memo` forgets what a row holds; its own type is given back. */
export const TableRow = memo(Row) as typeof Row;
