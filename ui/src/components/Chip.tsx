//! A filter as a pill, on or off: « Ouverts 12 ». With a party, its colour stands before its word.
import { ToggleButton, type ToggleButtonProps } from "react-aria-components";
import styles from "./Chip.module.css";
import { Count } from "./Count";
import { cx } from "./cx";
import { type Party, partyClass } from "./PartyBadge";

type ChipProps = Omit<ToggleButtonProps, "children" | "className" | "style"> & {
  children: string;
  count?: number;
  party?: Party;
};

export function Chip({ children, count, party, ...rest }: ChipProps) {
  return (
    <ToggleButton {...rest} className={cx(styles.chip)}>
      {party && <span className={cx(styles.swatch, partyClass(party))} aria-hidden />}
      {children}
      {count !== undefined && <Count value={count} plain />}
    </ToggleButton>
  );
}
