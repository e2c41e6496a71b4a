//! What to do at once in an incident, above the question until the end: now, never, and whom to warn.
//! Invariant: it comes into sight and is announced once, when it arrives, and its title stays in sight after that; each
//! list has its word and its drawing, never a colour alone.
import { Ban, BellRing, CircleCheckBig, type LucideIcon, ShieldAlert } from "lucide-react";
import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Contact, Reflexes } from "../../wire/types";
import { Terms } from "../convention/Terms";
import { Callers } from "../tickets/Callers";
import styles from "./ReflexPanel.module.css";

interface ReflexPanelProps {
  reflexes: Reflexes;
  callers: readonly Contact[];
}

export function ReflexPanel({ reflexes: { title, now, never, warn }, callers }: ReflexPanelProps) {
  const id = useId();
  const head = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the question has placed itself: this once, it gives way.
    const frame = requestAnimationFrame(() => head.current?.closest("main")?.scrollTo(0, 0));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <>
      <div ref={head} className={styles.head}>
        {/* A short word aloud: the whole is there to be read. */}
        <p key={title} role="alert" className="visually-hidden">
          {`${title}. ${now[0] ?? ""}`}
        </p>
        <h2 id={id} className={styles.title}>
          <ShieldAlert size={22} aria-hidden />
          {title}
        </h2>
      </div>
      <section className={styles.lists} aria-labelledby={id}>
        <List title="Tout de suite" icon={CircleCheckBig} items={now} />
        <List title="Surtout pas" icon={Ban} items={never} />
        <List title="Prévenez" icon={BellRing} items={warn}>
          {callers.length > 0 && <Callers callers={callers} label="Qui prévenir" />}
        </List>
      </section>
    </>
  );
}

interface ListProps {
  title: string;
  icon: LucideIcon;
  items: readonly string[];
  children?: ReactNode;
}

function List({ title, icon: Icon, items, children }: ListProps) {
  const id = useId();
  if (items.length === 0 && !children) return null;
  return (
    <div className={styles.list}>
      <h3 id={id} className={styles.name}>
        <Icon size={18} aria-hidden />
        {title}
      </h3>
      {items.length > 0 && (
        <ul aria-labelledby={id} className={styles.items}>
          {items.map((item) => (
            <li key={item}>
              <Terms>{item}</Terms>
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
