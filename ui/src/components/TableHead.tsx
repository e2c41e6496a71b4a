//! The heading of a DataTable: « Tout choisir », then the columns, whose names ask for an order.
import { ArrowDown, ArrowUp } from "lucide-react";
import { Checkbox } from "./Checkbox";
import { cx } from "./cx";
import type { Column } from "./DataTable";
import styles from "./DataTable.module.css";

interface Ordered<Sort extends string> {
  sort?: { by: Sort; descending: boolean };
  onSort?: (by: Sort, descending: boolean) => void;
}

interface TableHeadProps<Item, Sort extends string> extends Ordered<Sort> {
  label: string;
  columns: readonly Column<Item, Sort>[];
  isNarrow: boolean;
  template: string;
  /** Null where nothing is ticked. */
  ticks: { all: boolean; some: boolean; onChange: () => void } | null;
}

export function TableHead<Item, Sort extends string>(props: TableHeadProps<Item, Sort>) {
  const { label, columns, isNarrow, template, ticks, ...ordered } = props;
  return (
    <div role="rowgroup" className={styles.head}>
      <div
        role="row"
        aria-rowindex={1}
        tabIndex={-1}
        className={styles.headRow}
        style={{ gridTemplateColumns: template }}
      >
        {ticks && (
          <div role="columnheader" tabIndex={-1} className={styles.tick}>
            <Checkbox
              aria-label="Tout choisir"
              isSelected={ticks.all}
              isIndeterminate={ticks.some && !ticks.all}
              onChange={ticks.onChange}
            />
          </div>
        )}
        {isNarrow ? (
          <div role="columnheader" tabIndex={-1}>
            {label}
          </div>
        ) : (
          columns.map((column) => <HeaderCell key={column.id} column={column} {...ordered} />)
        )}
      </div>
    </div>
  );
}

function HeaderCell<Item, Sort extends string>({
  column,
  sort,
  onSort,
}: Ordered<Sort> & { column: Column<Item, Sort> }) {
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
