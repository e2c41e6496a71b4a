//! A state in a dense table: a dot whose shape changes with its colour, and always its word.
import { cx } from "./cx";
import styles from "./StateDot.module.css";

export type Tone = "good" | "care" | "bad" | "away" | "quiet";

export function StateDot({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.state}>
      <span className={cx(styles.dot, styles[tone])} aria-hidden />
      {children}
    </span>
  );
}
