//! What must come first, and what to mind, each said once.
import { Callout } from "../../components/Callout";
import { Terms } from "../convention/Terms";
import styles from "./Report.module.css";

interface NoticesProps {
  before: readonly string[];
  warnings: readonly string[];
}

export function Notices({ before, warnings }: NoticesProps) {
  return (
    <>
      {before.length > 0 && (
        <Callout tone="care" title="À faire d’abord">
          <Sentences list={before} />
        </Callout>
      )}
      {warnings.length > 0 && (
        <Callout tone="info" title="À savoir">
          <Sentences list={warnings} />
        </Callout>
      )}
    </>
  );
}

function Sentences({ list }: { list: readonly string[] }) {
  return (
    <ul className={styles.sentences}>
      {list.map((sentence) => (
        <li key={sentence}>
          <Terms>{sentence}</Terms>
        </li>
      ))}
    </ul>
  );
}
