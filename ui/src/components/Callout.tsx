//! A remark inside a page: something to know (info), to mind (care), or gone wrong (bad).
import { CircleAlert, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Callout.module.css";
import { cx } from "./cx";

const ICONS: Record<"info" | "care" | "bad", LucideIcon> = { info: Info, care: TriangleAlert, bad: CircleAlert };

interface CalloutProps {
  tone?: "info" | "care" | "bad";
  title?: string;
  children: ReactNode;
  actions?: ReactNode;
  /** It appeared in answer to what the user did: it is announced. */
  announce?: boolean;
}

export function Callout({ tone = "info", title, children, actions, announce }: CalloutProps) {
  const Icon = ICONS[tone];
  return (
    <div className={cx(styles.callout, styles[tone])} role={announce ? "alert" : undefined}>
      <Icon size={20} aria-hidden className={styles.icon} />
      <div className={styles.words}>
        {title && <p className={styles.title}>{title}</p>}
        <div>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </div>
  );
}
