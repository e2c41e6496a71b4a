//! A list and what is chosen in it, side by side; in a narrow window, one at a time.
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./SplitPane.module.css";

interface SplitPaneProps {
  list: ReactNode;
  /** Absent while nothing is chosen: `placeholder` is shown at its place where there is room. */
  detail: ReactNode | null;
  detailLabel: string;
  placeholder: ReactNode;
  /** In a narrow window, goes back from the detail to the list. */
  back: ReactNode;
  /** The detail is a card beside a wide list, rather than a page to read. */
  slim?: boolean;
}

export function SplitPane({ list, detail, detailLabel, placeholder, back, slim }: SplitPaneProps) {
  return (
    <div className={cx(styles.split, slim && styles.slim, detail !== null && styles.chosen)}>
      <div className={styles.list}>{list}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className={styles.detail} aria-label={detailLabel} tabIndex={0}>
        <div className={styles.back}>{back}</div>
        {detail ?? placeholder}
      </section>
    </div>
  );
}
