//! A key as it is engraved. On a filled button it takes the button's own ink.
import { cx } from "./cx";
import styles from "./Kbd.module.css";

export function Kbd({ children, on = "card" }: { children: string; on?: "card" | "button" }) {
  return (
    <kbd className={cx(styles.kbd, on === "button" && styles.onButton)} aria-hidden={on === "button" || undefined}>
      {children}
    </kbd>
  );
}
