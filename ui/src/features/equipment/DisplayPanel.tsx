//! « Affichage »: which columns the list shows, in which order, and what it is sorted by. Each change acts at once.
//! Invariant: while the panel is open its lines stay where they are; only the arrows move them.
import { ArrowDown, ArrowUp, Columns3 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { DialogTrigger, Popover } from "react-aria-components";
import { Button, IconButton } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { cx } from "../../components/cx";
import { Select } from "../../components/Select";
import selectStyles from "../../components/Select.module.css";
import type { EquipmentColumn, EquipmentSort, ListLayout } from "../../wire/types";
import { headerOf, SORTS } from "./columns";
import styles from "./Display.module.css";

interface DisplayProps {
  all: ListLayout["all_columns"];
  shown: readonly EquipmentColumn[];
  onColumns: (columns: EquipmentColumn[]) => void;
  sort: EquipmentSort;
  descending: boolean;
  onSort: (sort: EquipmentSort, descending: boolean) => void;
}

export function DisplayButton(props: DisplayProps) {
  return (
    <DialogTrigger>
      <Button icon={Columns3}>Affichage</Button>
      <Popover
        aria-label="Affichage de la liste"
        className={cx(selectStyles.popover, styles.panel)}
        offset={4}
        placement="bottom end"
      >
        <SortFields {...props} />
        <ColumnLines {...props} />
      </Popover>
    </DialogTrigger>
  );
}

export function SortFields({ sort, descending, onSort }: Pick<DisplayProps, "sort" | "descending" | "onSort">) {
  return (
    <div className={styles.sort}>
      <Select
        label="Trier par"
        options={(Object.keys(SORTS) as EquipmentSort[]).map((id) => ({ id, label: SORTS[id] }))}
        value={sort}
        // The last change is asked for to see the newest.
        onChange={(id) => onSort(id, id === "modification")}
      />
      <Checkbox isSelected={descending} onChange={(down) => onSort(sort, down)}>
        Ordre inverse
      </Checkbox>
    </div>
  );
}

/** It names the row: it cannot be taken away, and stands first. */
const ALWAYS = "type" as EquipmentColumn;

function ColumnLines({ all, shown, onColumns }: DisplayProps) {
  const [order, setOrder] = useState<readonly EquipmentColumn[]>(() => {
    const known = all.map(({ value }) => value as EquipmentColumn).filter((id) => id !== ALWAYS);
    return [...shown.filter((id) => known.includes(id)), ...known.filter((id) => !shown.includes(id))];
  });
  const list = useRef<HTMLUListElement>(null);
  // A line that moves in the page loses the focus of its button.
  const [moved, setMoved] = useState<{ id: EquipmentColumn; way: -1 | 1 } | null>(null);
  useEffect(() => {
    if (moved === null) return;
    const buttons = [
      ...(list.current?.querySelectorAll<HTMLButtonElement>(`[data-column="${moved.id}"] button`) ?? []),
    ];
    const [up, down] = buttons;
    const same = moved.way === -1 ? up : down;
    (same?.disabled ? buttons.find(({ disabled }) => !disabled) : same)?.focus();
  }, [moved]);

  const keep = (next: readonly EquipmentColumn[], isShown: (id: EquipmentColumn) => boolean) =>
    onColumns([ALWAYS, ...next.filter(isShown)]);
  const move = (id: EquipmentColumn, way: -1 | 1) => {
    const from = order.indexOf(id);
    const next = order.filter((each) => each !== id);
    next.splice(from + way, 0, id);
    setOrder(next);
    setMoved({ id, way });
    if (shown.includes(id)) keep(next, (each) => shown.includes(each));
  };
  const labelOf = (id: EquipmentColumn) => all.find(({ value }) => value === id)?.label ?? headerOf(id);
  return (
    <div role="group" aria-label="Colonnes">
      <p className={styles.title}>Colonnes</p>
      <ul ref={list} className={styles.columns}>
        <li className={styles.column}>
          <Checkbox isSelected isDisabled>
            {labelOf(ALWAYS)}
          </Checkbox>
          <span className={styles.always}>toujours</span>
        </li>
        {order.map((id, index) => (
          <li key={id} data-column={id} className={styles.column}>
            <Checkbox
              isSelected={shown.includes(id)}
              onChange={(on) => keep(order, (each) => (each === id ? on : shown.includes(each)))}
            >
              {labelOf(id)}
            </Checkbox>
            <IconButton
              label={`Avancer ${labelOf(id)}`}
              icon={ArrowUp}
              isDisabled={index === 0}
              onPress={() => move(id, -1)}
            />
            <IconButton
              label={`Reculer ${labelOf(id)}`}
              icon={ArrowDown}
              isDisabled={index === order.length - 1}
              onPress={() => move(id, 1)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
