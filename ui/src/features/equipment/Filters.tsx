//! The facets of the register, beside the table where there is room, in a dialog where there is not.
//! Invariant: a value that is kept stays visible, whatever its count, so that it can always be taken off.
import { useState } from "react";
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

interface FiltersProps {
  facets: readonly Facet[];
  kept: ListState["facets"];
  onChange: (kept: ListState["facets"]) => void;
}

export function FacetPanel({ facets, kept, onChange }: FiltersProps) {
  return (
    <div className={styles.panel}>
      {facets
        .filter(({ name, values }) => name !== WATCH && (values.length > 0 || kept[name]))
        .map((facet) => (
          <OneFacet
            key={facet.name}
            facet={facet}
            kept={kept[facet.name] ?? []}
            onChange={(values) => onChange(withFacet(kept, facet.name, values))}
          />
        ))}
    </div>
  );
}

function OneFacet({ facet, kept, onChange }: { facet: Facet; kept: string[]; onChange: (values: string[]) => void }) {
  const [unfolded, setUnfolded] = useState(false);
  const options = facet.values;
  const folds = options.length > SHOWN + 1;
  const shown =
    folds && !unfolded ? options.filter(({ value }, index) => index < SHOWN || kept.includes(value)) : options;
  return (
    <div>
      <Facets label={facet.label} options={shown} value={kept} onChange={onChange} />
      {folds && (
        <Button variant="quiet" size="small" aria-expanded={unfolded} onPress={() => setUnfolded(!unfolded)}>
          {unfolded ? "En montrer moins" : fr`Tout montrer (${options.length})`}
        </Button>
      )}
    </div>
  );
}

export function WatchChips({ facets, kept, onChange }: FiltersProps) {
  const watch = facets.find(({ name }) => name === WATCH);
  const on = kept[WATCH] ?? [];
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
            onChange(withFacet(kept, WATCH, selected ? [...on, value] : on.filter((each) => each !== value)))
          }
        >
          {label}
        </Chip>
      ))}
    </fieldset>
  );
}
