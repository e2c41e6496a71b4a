//! The matrix as a grid to explore: a line a service, a column an activity, who is responsible in each cell.
//!
//! One cell is chosen; the arrows walk from cell to cell and its detail is shown beside. The filters keep the lines and
//! columns that answer and quiet the other cells. Invariant: what is not known is shown as such, never filled.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { cx } from "../../components/cx";
import { partyName } from "../../components/PartyBadge";
import { keepFocus } from "../../components/useKeptFocus";
import type { Activity, Cell, Family, Service } from "../../wire/types";
import { CellMark } from "./CellMark";
import { accepts, asksCells, type Filters } from "./filters";
import { splitLabel } from "./label";
import styles from "./Matrix.module.css";
import { Terms } from "./Terms";
import { ACTIVITIES, SIDES } from "./words";

export interface Place {
  service: string;
  activity: Activity;
}

/** What was pressed is gone: the focus goes to the chosen cell, where the arrows lead on, or else to the heading. */
export function focusChosenSoon(): void {
  // After a dialog that closes has tried to give the focus back.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      document.querySelector<HTMLElement>('[role="gridcell"][aria-selected="true"]')?.focus();
      keepFocus();
    }),
  );
}

interface MatrixProps {
  /** Those that answer the filters. */
  families: readonly Family[];
  filters: Filters;
  place: Place | null;
  onPlace: (place: Place) => void;
  /** Enter on a cell: what can be done about it is beside. */
  onEnter: () => void;
}

export function Matrix({ families, filters, place, onPlace, onEnter }: MatrixProps) {
  const table = useRef<HTMLTableElement>(null);
  const columns = ACTIVITIES.filter(({ id }) => filters.activities.length === 0 || filters.activities.includes(id));
  const asks = asksCells(filters);
  const services = families.flatMap(({ services }) => services);
  const row = services.findIndex(({ id }) => id === place?.service);
  const column = columns.findIndex(({ id }) => id === place?.activity);
  // The one cell in the tab order: the chosen one, or the first.
  const stop = row < 0 || column < 0 ? { service: services[0]?.id, activity: columns[0]?.id } : place;

  // Arriving from a link, the line asked for is brought into sight; later, the cells move by themselves.
  const asked = useRef(place?.service ?? null);
  useEffect(() => {
    if (asked.current === null) return;
    table.current?.querySelector(`[data-service="${CSS.escape(asked.current)}"]`)?.scrollIntoView({ block: "center" });
    asked.current = null;
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = { row: Math.max(row, 0), column: Math.max(column, 0) };
    const steps: Record<string, { row: number; column: number }> = {
      ArrowDown: { ...from, row: from.row + 1 },
      ArrowUp: { ...from, row: from.row - 1 },
      ArrowRight: { ...from, column: from.column + 1 },
      ArrowLeft: { ...from, column: from.column - 1 },
      Home: { ...from, column: 0 },
      End: { ...from, column: columns.length - 1 },
      PageDown: { ...from, row: Math.min(from.row + 8, services.length - 1) },
      PageUp: { ...from, row: Math.max(from.row - 8, 0) },
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    const service = services[step.row];
    const activity = columns[step.column];
    if (!service || !activity) return;
    onPlace({ service: service.id, activity: activity.id });
    table.current
      ?.querySelector<HTMLElement>(`[data-service="${CSS.escape(service.id)}"] [data-activity="${activity.id}"]`)
      ?.focus();
  };

  return (
    <div className={styles.scroller}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid whose cells are walked with the arrows. */}
      <table ref={table} role="grid" aria-label="Matrice des services" className={styles.table} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            <th scope="col" className={styles.first}>
              Service
            </th>
            {columns.map(({ id, short, full }) => (
              <th key={id} scope="col" abbr={full} title={full}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        {families.map((family) => (
          <tbody key={family.id}>
            <tr>
              <th scope="rowgroup" colSpan={columns.length + 1} className={styles.family}>
                <span>{family.label}</span>
              </th>
            </tr>
            {family.services.map((service) => (
              <tr
                key={service.id}
                data-service={service.id}
                className={cx(service.id === place?.service && styles.here)}
              >
                <ServiceName service={service} />
                {columns.map(({ id }) => (
                  <MatrixCell
                    key={id}
                    cells={service.cells.filter(({ activity }) => activity === id)}
                    activity={id}
                    isQuiet={(cell) => asks && !accepts(filters, cell)}
                    isStop={stop?.service === service.id && stop.activity === id}
                    isChosen={place?.service === service.id && place.activity === id}
                    onChoose={() => onPlace({ service: service.id, activity: id })}
                    onEnter={onEnter}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function ServiceName({ service: { label, explanation } }: { service: Service }) {
  const { name, rest } = splitLabel(label, explanation);
  return (
    <th scope="row" className={styles.first} title={rest ? `${name}, ${rest}` : name}>
      <span className={styles.service}>
        <strong>
          <Terms within="control">{name}</Terms>
        </strong>
        {rest && (
          <span className={styles.rest}>
            <Terms within="control">{rest}</Terms>
          </span>
        )}
      </span>
    </th>
  );
}

interface MatrixCellProps {
  cells: readonly Cell[];
  activity: Activity;
  isQuiet: (cell: Cell) => boolean;
  isStop: boolean;
  isChosen: boolean;
  onChoose: () => void;
  onEnter: () => void;
}

function MatrixCell({ cells, activity, isQuiet, isStop, isChosen, onChoose, onEnter }: MatrixCellProps) {
  const sides = cells.length > 1 || cells.some(({ perimeter }) => perimeter !== null);
  return (
    <td
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of the grid above.
      role="gridcell"
      tabIndex={isStop ? 0 : -1}
      data-activity={activity}
      aria-selected={isChosen}
      className={cx(styles.cell, isChosen && styles.chosen)}
      onFocus={onChoose}
      onClick={(event) => event.currentTarget.focus()}
      onKeyDown={(event) => {
        if (event.key !== "Enter") return;
        // Otherwise the key would press what takes the focus.
        event.preventDefault();
        onEnter();
      }}
    >
      {cells.map((cell) => (
        <div key={cell.perimeter ?? "tous"} className={styles.mark} title={partyName(cell.party)}>
          {sides && cell.perimeter && (
            <span className={styles.side}>
              <span aria-hidden>{SIDES[cell.perimeter].letter}</span>
              <span className="visually-hidden">{SIDES[cell.perimeter].name}, </span>
            </span>
          )}
          <span className={cx(cell.completed && styles.completed)}>
            <CellMark party={cell.party} quiet={isQuiet(cell)} />
            {cell.completed && <span className="visually-hidden">, lu sur l’exemplaire signé</span>}
          </span>
          {cell.note && (
            <span className={styles.note}>
              <span aria-hidden>*</span>
              <span className="visually-hidden"> avec une note</span>
            </span>
          )}
        </div>
      ))}
    </td>
  );
}
