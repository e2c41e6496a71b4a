//! What happened to a dossier, oldest first: who, when, what was said.
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Timeline.module.css";

export interface TimelineItem {
  id: string | number;
  icon: LucideIcon;
  author: string;
  when: ReactNode;
  text: ReactNode;
  /** The user's own words stand on the tint of action. */
  mine?: boolean;
}

export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol className={styles.timeline} aria-label={label}>
      {items.map(({ id, icon: Icon, author, when, text, mine }) => (
        <li key={id} className={cx(styles.item, mine && styles.mine)}>
          <span className={styles.icon} aria-hidden>
            <Icon size={16} />
          </span>
          <div className={styles.body}>
            <p className={styles.head}>
              <strong>{author}</strong> <span className={styles.when}>{when}</span>
            </p>
            <div className={styles.text}>{text}</div>
          </div>
        </li>
      ))}
    </ol>
  );
}
