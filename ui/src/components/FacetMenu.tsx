//! A filter folded under its name: a pill that opens the values to tick, each with its count.
//! Invariant: what is kept is said on the pill itself, so that a list cut short is never taken for the whole.
import { ChevronDown } from "lucide-react";
import { Button, DialogTrigger, Popover } from "react-aria-components";
import { Facets } from "./Checkbox";
import styles from "./Chip.module.css";
import { cx } from "./cx";
import facetStyles from "./FacetMenu.module.css";
import selectStyles from "./Select.module.css";

interface FacetMenuProps {
  label: string;
  options: readonly { value: string; label: string; count?: number }[];
  value: readonly string[];
  onChange: (values: string[]) => void;
}

export function FacetMenu({ label, options, value, onChange }: FacetMenuProps) {
  const kept = options.filter((option) => value.includes(option.value));
  const [only] = kept;
  const said = only === undefined ? label : `${label}\u202f: ${kept.length === 1 ? only.label : kept.length}`;
  return (
    <DialogTrigger>
      <Button {...(kept.length > 0 ? { "data-selected": true } : {})} className={cx(styles.chip, facetStyles.pill)}>
        <span className={facetStyles.said}>{said}</span>
        <ChevronDown size={16} aria-hidden />
      </Button>
      <Popover aria-label={label} className={cx(selectStyles.popover)} offset={4} placement="bottom start">
        <div className={facetStyles.values}>
          <Facets label={label} options={[...options]} value={[...value]} onChange={onChange} />
        </div>
      </Popover>
    </DialogTrigger>
  );
}
