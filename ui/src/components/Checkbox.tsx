//! A box to tick, a group of facets with their counts, and a switch for what acts at once.
import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  type CheckboxProps as AriaCheckboxProps,
  Switch as AriaSwitch,
  type SwitchProps as AriaSwitchProps,
  Label,
} from "react-aria-components";
import styles from "./Checkbox.module.css";
import { Count } from "./Count";
import { cx } from "./cx";

type CheckboxProps = Omit<AriaCheckboxProps, "children" | "className" | "style"> & {
  children?: ReactNode;
  count?: number;
};

/** Without words (in a table), give `aria-label`. */
export function Checkbox({ children, count, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={cx(styles.checkbox)}>
      {({ isIndeterminate, isSelected }) => (
        <>
          <span className={styles.box} aria-hidden>
            {isIndeterminate ? <Minus size={14} strokeWidth={3} /> : isSelected && <Check size={14} strokeWidth={3} />}
          </span>
          {children && <span className={styles.words}>{children}</span>}
          {count !== undefined && <Count value={count} plain />}
        </>
      )}
    </AriaCheckbox>
  );
}

interface FacetsProps {
  label: string;
  options: readonly { value: string; label: string; count?: number }[];
  value: string[];
  onChange: (values: string[]) => void;
}

export function Facets({ label, options, value, onChange }: FacetsProps) {
  return (
    <AriaCheckboxGroup value={value} onChange={onChange} className={cx(styles.facets)}>
      <Label className={cx(styles.label)}>{label}</Label>
      {options.map((option) => (
        <Checkbox
          key={option.value}
          value={option.value}
          {...(option.count === undefined ? {} : { count: option.count })}
        >
          {option.label}
        </Checkbox>
      ))}
    </AriaCheckboxGroup>
  );
}

export function Switch({
  children,
  ...rest
}: Omit<AriaSwitchProps, "children" | "className" | "style"> & { children: string }) {
  return (
    <AriaSwitch {...rest} className={cx(styles.switch)}>
      <span className={styles.track} aria-hidden />
      {children}
    </AriaSwitch>
  );
}
