//! A filter as a pill, on or off: « Ouverts 12 ».
import { ToggleButton, type ToggleButtonProps } from "react-aria-components";
import styles from "./Chip.module.css";
import { Count } from "./Count";
import { cx } from "./cx";

type ChipProps = Omit<ToggleButtonProps, "children" | "className" | "style"> & { children: string; count?: number };

export function Chip({ children, count, ...rest }: ChipProps) {
  return (
    <ToggleButton {...rest} className={cx(styles.chip)}>
      {children}
      {count !== undefined && <Count value={count} plain />}
    </ToggleButton>
  );
}
