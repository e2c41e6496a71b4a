//! Who to call for what, by role. One stop of the Tab key; ↑ ↓ walk, Enter opens.
//! Invariant: the number is read without opening anything.
import { type KeyboardEvent, useEffect, useRef } from "react";
import { Count } from "../../components/Count";
import { cx } from "../../components/cx";
import { partyClass } from "../../components/PartyBadge";
import { fr, shortDay } from "../../text/fr";
import type { Contact, ContactGroup } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Contacts.module.css";
import { nameOf, ROLES } from "./words";

interface ContactListProps {
  groups: readonly ContactGroup[];
  activeId: string | null;
  /** The arrows stand on this one. */
  onWalk: (id: string) => void;
}

export function ContactList({ groups, activeId, onWalk }: ContactListProps) {
  const box = useRef<HTMLDivElement>(null);
  const everyone = groups.flatMap(({ contacts }) => contacts.map(({ id }) => id));
  const stop = activeId !== null && everyone.includes(activeId) ? activeId : everyone[0];
  // The address may lead to someone far down: the list shows where they are.
  useEffect(() => {
    if (activeId === null) return;
    const link = box.current?.querySelector(`[data-contact="${CSS.escape(activeId)}"]`);
    link?.closest("li")?.scrollIntoView({ block: "nearest" });
  }, [activeId]);
  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(box.current?.querySelectorAll<HTMLAnchorElement>("a[data-contact]") ?? [])];
    const here = links.indexOf(document.activeElement as HTMLAnchorElement);
    const steps: Record<string, number> = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 };
    const step = steps[event.key];
    const next = step === undefined ? undefined : links[Math.min(Math.max(step, 0), links.length - 1)];
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    next.focus();
    if (next.dataset.contact) onWalk(next.dataset.contact);
  };
  return (
    <div ref={box} role="group" aria-label="Contacts par rôle" className={styles.list} onKeyDown={onKeyDown}>
      {groups.map(({ role, label, contacts }) => {
        const { party } = ROLES[role];
        return (
          <section key={role} aria-labelledby={`role-${role}`}>
            <h2 id={`role-${role}`} className={cx(styles.role, party && partyClass(party))}>
              <span className={styles.swatch} aria-hidden />
              {label}
              <Count value={contacts.length} plain />
            </h2>
            <ul>
              {contacts.map((contact) => (
                <ContactLine
                  key={contact.id}
                  contact={contact}
                  isActive={contact.id === activeId}
                  isStop={contact.id === stop}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ContactLine({ contact, isActive, isStop }: { contact: Contact; isActive: boolean; isStop: boolean }) {
  const { id, title, organisation, call_for, phone, left_on } = contact;
  const name = nameOf(contact);
  return (
    <li className={cx(styles.row, isActive && styles.active)}>
      <div className={styles.who}>
        <a
          href={linkTo(pathTo.contact(id))}
          data-contact={id}
          tabIndex={isStop ? 0 : -1}
          aria-current={isActive ? "true" : undefined}
          className={styles.name}
        >
          {name}
        </a>
        <span className={styles.what}>
          {left_on !== null && <strong className={styles.gone}>{fr`départ le ${shortDay(left_on)} · `}</strong>}
          {title || (organisation === name ? "" : organisation)}
        </span>
      </div>
      <p className={styles.callFor}>{call_for}</p>
      <span className={styles.phone}>{phone}</span>
    </li>
  );
}
