//! The four figures of an import. What was refused is the one to look at, when there is some.
import { cx } from "../../components/cx";
import { number } from "../../text/fr";
import type { ImportFigures } from "../../wire/types";
import styles from "./Import.module.css";
import { counted, equation } from "./words";

export function Figures({ figures }: { figures: ImportFigures }) {
  return (
    <div className={styles.sum}>
      <ul className={styles.figures}>
        {counted(figures).map(({ id, count, word }) => (
          <li key={id} className={cx(styles.figure, styles[id], count === 0 && styles.none)}>
            <span className={styles.value}>{number(count)}</span>
            <span>{word}</span>
          </li>
        ))}
      </ul>
      <p className={styles.soft}>{equation(figures)}</p>
    </div>
  );
}
