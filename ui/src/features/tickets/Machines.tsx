//! The machines a dossier speaks of when there are several: each by its mark, leading to its record.
import { useId } from "react";
import { Disclosure } from "../../components/Disclosure";
import { agree, number } from "../../text/fr";
import type { TicketMachine } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Reading.module.css";

/** So many stand open; a whole room is folded. */
const OPEN = 6;

export function Machines({ machines }: { machines: readonly TicketMachine[] }) {
  const id = useId();
  const count = machines.length;
  const title = `${number(count)}\u00a0${agree(count, "appareil concerné", "appareils concernés")}`;
  const list = (
    <ul className={styles.machines} aria-label="Appareils concernés">
      {machines.map((machine) => (
        <li key={machine.id}>
          <a href={linkTo(pathTo.equipment(machine.id))}>{machine.label}</a>
          {machine.serial && <span className={`mono ${styles.soft}`}>{machine.serial}</span>}
        </li>
      ))}
    </ul>
  );
  return (
    <section className={styles.section} aria-labelledby={id}>
      {count > OPEN ? (
        <>
          <h3 id={id} className="visually-hidden">
            Appareils concernés
          </h3>
          <Disclosure title={title} level={4}>
            {list}
          </Disclosure>
        </>
      ) : (
        <>
          <h3 id={id}>{title}</h3>
          {list}
        </>
      )}
    </section>
  );
}
