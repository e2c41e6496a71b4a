//! The passage of the convention that an answer rests on, and the note of the matrix under the cell.
import { fr } from "../../text/fr";
import type { Source } from "../../wire/types";
import styles from "./Quoted.module.css";
import { Terms } from "./Terms";

export function Quoted({ source, note }: { source: Source | null; note: string | null }) {
  return (
    <>
      {source && (
        <blockquote className={styles.passage}>
          <p>
            <Terms>{source.passage}</Terms>
          </p>
          <p>
            <strong>Convention, {source.code}</strong>
          </p>
        </blockquote>
      )}
      {note && (
        <p className={styles.note}>
          {fr`Note sous la matrice : `}
          <Terms>{note}</Terms>
        </p>
      )}
    </>
  );
}
