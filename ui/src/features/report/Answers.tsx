//! What has been answered, folded above the question, each line with « Modifier ».
import { Button } from "react-aria-components";
import { cx } from "../../components/cx";
import { quote } from "../../text/fr";
import type { Answered } from "../../wire/types";
import styles from "./Report.module.css";

interface AnswersProps {
  /** The line typed at the very beginning. */
  started: string;
  answered: readonly Answered[];
  onRestart: () => void;
  onChange: (question: string) => void;
}

export function Answers({ started, answered, onRestart, onChange }: AnswersProps) {
  if (started === "" && answered.length === 0) return null;
  return (
    <dl className={styles.answers} aria-label="Vos réponses">
      {started !== "" && <Line label="Demande" text={quote(started)} onChange={onRestart} />}
      {answered.map(({ question, label, text, can_change }) => (
        <Line
          key={question}
          label={label}
          text={text || "Rien à ajouter"}
          onChange={can_change ? () => onChange(question) : null}
        />
      ))}
    </dl>
  );
}

function Line({ label, text, onChange }: { label: string; text: string; onChange: (() => void) | null }) {
  return (
    <div className={styles.answer}>
      <dt>{label}</dt>
      <dd className={styles.given}>{text}</dd>
      {onChange && (
        <dd>
          <Button className={cx(styles.change)} onPress={onChange}>
            Modifier<span className="visually-hidden"> {label}</span>
          </Button>
        </dd>
      )}
    </div>
  );
}
