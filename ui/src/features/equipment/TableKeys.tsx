//! The keys of the list, at its foot, until rows are chosen.
import { Kbd } from "../../components/Kbd";
import { NBSP } from "../../text/fr";
import styles from "./Equipment.module.css";

export function TableKeys() {
  return (
    <p className={styles.keys}>
      <Kbd>↑</Kbd>
      <Kbd>↓</Kbd>
      parcourir{NBSP}·{NBSP}
      <Kbd>Entrée</Kbd>
      ouvrir la fiche{NBSP}·{NBSP}
      <Kbd>Espace</Kbd>
      choisir
    </p>
  );
}
