//! A white card with a hairline, its heading, and rows parted by hairlines.
//! Invariant: `edge` only repeats in colour what the card says in words.
import type { LucideIcon } from "lucide-react";
import { type ReactNode, useId } from "react";
import styles from "./Card.module.css";
import { Count } from "./Count";
import { cx } from "./cx";
import { type Party, partyClass } from "./PartyBadge";

interface CardProps {
  title?: ReactNode;
  icon?: LucideIcon;
  /** Shown after the title: « En cours chez les autres 10 ». */
  count?: number;
  /** A word after the title, or a small action at the right of the heading. */
  note?: string;
  actions?: ReactNode;
  /** Orange on the left: it waits for the user. A party: its colour on top. */
  edge?: "waiting" | Party;
  level?: 2 | 3;
  /** No inner space, for a table that fills the card. */
  flush?: boolean;
  children: ReactNode;
}

export function Card({ title, icon: Icon, count, note, actions, edge, level = 2, flush, children }: CardProps) {
  const id = useId();
  const Title = `h${level}` as const;
  const edgeClass = edge === "waiting" ? styles.waiting : edge && cx(styles.party, partyClass(edge));
  return (
    <section className={cx(styles.card, edgeClass, flush && styles.flush)} aria-labelledby={title ? id : undefined}>
      {title && (
        <header className={styles.head}>
          {Icon && <Icon size={18} aria-hidden />}
          <Title id={id} className={styles.title}>
            {title}
            {count !== undefined && <Count value={count} plain />}
          </Title>
          {note && <span className={styles.note}>{note}</span>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      {children}
    </section>
  );
}

/** Rows of a card, parted by hairlines. */
export function Rows({ children, label }: { children: ReactNode; label?: string }) {
  return (
    <ul className={styles.rows} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  icon?: LucideIcon;
  tone?: "good" | "care" | "bad";
  title: ReactNode;
  /** The state said in a sentence, in the colour of the tone. */
  state?: ReactNode;
  meta?: ReactNode;
  /** At the right: badges, ages, buttons. */
  aside?: ReactNode;
  /** The whole row leads there. */
  href?: string;
}

export function Row({ icon: Icon, tone, title, state, meta, aside, href }: RowProps) {
  return (
    <li className={cx(styles.row, href && styles.linked)}>
      {Icon && <Icon size={20} aria-hidden className={cx(styles.icon, tone && styles[tone])} />}
      <div className={styles.main}>
        <div className={styles.rowTitle}>{href ? <a href={href}>{title}</a> : title}</div>
        {state && <div className={cx(styles.state, tone && styles[tone])}>{state}</div>}
        {meta && <div className={styles.meta}>{meta}</div>}
      </div>
      {aside && <div className={styles.aside}>{aside}</div>}
    </li>
  );
}
