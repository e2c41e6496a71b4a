//! The first sheet, small: the first free place is the one that is clicked, or reached with the arrows.
import { useId } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { cx } from "../../components/cx";
import { fr } from "../../text/fr";
import type { LabelStock } from "../../wire/types";
import styles from "./Labels.module.css";
import { COLUMNS, places } from "./sheets";

interface SheetGridProps {
  stock: LabelStock;
  perPage: number;
  labels: number;
  first: number;
  onFirst: (first: number) => void;
}

const WORDS = { used: "déjà prise", filled: "sera imprimée", free: "restera libre" };

export function SheetGrid({ stock, perPage, labels, first, onFirst }: SheetGridProps) {
  const id = useId();
  const shown = places(perPage, first, labels);
  return (
    <div className={styles.sheet}>
      <p id={id} className={styles.label}>
        Première place libre
      </p>
      <ListBox
        aria-labelledby={id}
        layout="grid"
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[first]}
        onSelectionChange={(keys) => {
          const [place] = keys === "all" ? [] : [...keys];
          if (typeof place === "number") onFirst(place);
        }}
        className={cx(styles.places)}
        style={{ gridTemplateColumns: `repeat(${COLUMNS[stock]}, minmax(0, 1fr))` }}
      >
        {shown.map((state, index) => (
          <ListBoxItem
            // biome-ignore lint/suspicious/noArrayIndexKey: a place is its rank on the sheet.
            key={index}
            id={index + 1}
            textValue={fr`Place ${index + 1}, ${WORDS[state]}`}
            aria-label={fr`Place ${index + 1}, ${WORDS[state]}`}
            className={cx(styles.place, styles[state])}
          />
        ))}
      </ListBox>
      <p className={styles.hint}>Feuille entamée{"\u202f"}? Cliquez sur la première étiquette qui reste.</p>
    </div>
  );
}
