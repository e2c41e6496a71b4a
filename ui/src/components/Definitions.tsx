//! Names and values, aligned; a value may carry an action (« Modifier »).
import type { ReactNode } from "react";
import styles from "./Definitions.module.css";

export interface Definition {
  term: string;
  value: ReactNode;
  action?: ReactNode;
}

export function Definitions({ items }: { items: readonly Definition[] }) {
  return (
    <dl className={styles.list}>
      {items.map(({ term, value, action }) => (
        <div key={term} className={styles.line}>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {action && <dd className={styles.action}>{action}</dd>}
        </div>
      ))}
    </dl>
  );
}
