//! A figure beside a word, in a pill or plain.
import { number } from "../text/fr";
import styles from "./Count.module.css";
import { cx } from "./cx";

export function Count({ value, plain, waiting }: { value: number; plain?: boolean; waiting?: boolean }) {
  return <span className={cx(plain ? styles.plain : styles.pill, waiting && styles.waiting)}>{number(value)}</span>;
}
