//! The passage of the convention that an answer rests on, and the note of the annexe under the cell.
import { fr } from "../../text/fr";
import type { Source } from "../../wire/types";
import styles from "./Quoted.module.css";

export function Quoted({ source, note }: { source: Source | null; note: string | null }) {
  return (
    <>
      {source && (
        <blockquote className={styles.passage}>
          <p>{source.passage}</p>
          <p>
            <strong>Convention, {source.code}</strong>
          </p>
        </blockquote>
      )}
      {note && <p className={styles.note}>{fr`Note de l'annexe 2 : ${note}`}</p>}
    </>
  );
}
