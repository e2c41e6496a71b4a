//! A page: its heading, its title in the window, and the focus on the heading when one arrives.
//! Invariant: exactly one h1 a page, and the window's title always begins with it.
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "./cx";
import styles from "./Page.module.css";

// At the very start the focus stays at the top of the window, where the skip link is; every later page takes it.
let pagesShown = 0;

interface PageHeaderProps {
  title: string;
  subtitle?: ReactNode;
  actions?: ReactNode;
  /** A link back to the list. */
  back?: ReactNode;
}

export function PageHeader({ title, subtitle, actions, back }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} — Relais`;
  }, [title]);
  useEffect(() => {
    if (pagesShown > 0) heading.current?.focus({ preventScroll: true });
    pagesShown += 1;
  }, []);
  return (
    <header className={styles.header}>
      <div className={styles.words}>
        {back && <div className={styles.back}>{back}</div>}
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {subtitle && <p className={styles.subtitle}>{subtitle}</p>}
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

type PageProps = PageHeaderProps & {
  /** The page takes the window's height and scrolls inside (tables), instead of scrolling as a whole. */
  fill?: boolean;
  children: ReactNode;
};

export function Page({ fill, children, ...header }: PageProps) {
  return (
    <div className={cx(styles.page, fill && styles.fill)}>
      <PageHeader {...header} />
      {children}
    </div>
  );
}

/** The main column and, at its right (or underneath), what goes with it. */
export function Columns({
  children,
  aside,
  asideLabel,
}: {
  children: ReactNode;
  aside: ReactNode;
  asideLabel: string;
}) {
  return (
    <div className={styles.columns}>
      <div className={styles.stack}>{children}</div>
      <aside className={styles.stack} aria-label={asideLabel}>
        {aside}
      </aside>
    </div>
  );
}

/** Cards one under the other. */
export function Stack({ children }: { children: ReactNode }) {
  return <div className={styles.stack}>{children}</div>;
}

/** Fields and buttons above a table. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={styles.toolbar}>{children}</div>;
}
