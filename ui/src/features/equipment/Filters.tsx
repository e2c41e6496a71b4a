//! The facets of the register, beside the table where there is room, in a dialog where there is not.
//! Invariant: a value that is kept stays visible, whatever its count, so that it can always be taken off.
import { memo, useDeferredValue, useState } from "react";
import { Button } from "../../components/Button";
import { Facets } from "../../components/Checkbox";
import { Chip } from "../../components/Chip";
import { fr } from "../../text/fr";
import type { Facet } from "../../wire/types";
import styles from "./Equipment.module.css";
import { type ListState, withFacet } from "./listState";

/** What falls due or is wrong: chips above the table rather than a facet among others. */
export const WATCH = "surveillance";

/** A longer facet (the rooms) is folded after this many. */
const SHOWN = 7;

const NONE: string[] = [];

type Kept = ListState["facets"];

interface FiltersProps {
  facets: readonly Facet[];
  kept: Kept;
  /** Always the same function: what is drawn here does not follow each keystroke. */
  onChange: (part: { facets: Kept }) => void;
}

/** The counts come after the rows: they may wait for the time of a keystroke, the rows may not. */
export const FacetPanel = memo(function FacetPanel({ facets: latest, kept, onChange }: FiltersProps) {
  const facets = useDeferredValue(latest);
  return (
    <div className={styles.panel}>
      {facets
        .filter(({ name, values }) => name !== WATCH && (values.length > 0 || kept[name]))
        .map((facet) => (
          <OneFacet key={facet.name} facet={facet} all={kept} kept={kept[facet.name] ?? NONE} onChange={onChange} />
        ))}
    </div>
  );
});

interface OneFacetProps {
  facet: Facet;
  kept: string[];
  all: Kept;
  onChange: FiltersProps["onChange"];
}

const OneFacet = memo(function OneFacet({ facet, kept, all, onChange }: OneFacetProps) {
  const [unfolded, setUnfolded] = useState(false);
  const options = facet.values;
  const folds = options.length > SHOWN + 1;
  const shown =
    folds && !unfolded ? options.filter(({ value }, index) => index < SHOWN || kept.includes(value)) : options;
  return (
    <div>
      <Facets
        label={facet.label}
        options={shown}
        value={kept}
        onChange={(values) => onChange({ facets: withFacet(all, facet.name, values) })}
      />
      {folds && (
        <Button variant="quiet" size="small" aria-expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>
          {unfolded ? "En montrer moins" : fr`Tout montrer (${options.length})`}
        </Button>
      )}
    </div>
  );
});

export const WatchChips = memo(function WatchChips({ facets: latest, kept, onChange }: FiltersProps) {
  const facets = useDeferredValue(latest);
  const watch = facets.find(({ name }) => name === WATCH);
  const on = kept[WATCH] ?? NONE;
  const shown = watch?.values.filter(({ value, count }) => count > 0 || on.includes(value)) ?? [];
  if (!watch || shown.length === 0) return null;
  return (
    <fieldset className={styles.chips}>
      <legend className="visually-hidden">{watch.label}</legend>
      {shown.map(({ value, label, count }) => (
        <Chip
          key={value}
          count={count}
          isSelected={on.includes(value)}
          onChange={(selected) =>
            onChange({
              facets: withFacet(kept, WATCH, selected ? [...on, value] : on.filter((each) => each !== value)),
            })
          }
        >
          {label}
        </Chip>
      ))}
    </fieldset>
  );
});
