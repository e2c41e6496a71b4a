//! Several answers to one question, as boxes to tick.
import { CheckboxGroup, FieldError, Label } from "react-aria-components";
import { Checkbox } from "../../components/Checkbox";
import { cx } from "../../components/cx";
import type { Choice } from "../../wire/types";
import styles from "./Report.module.css";

interface SeveralChoicesProps {
  label: string;
  choices: readonly Choice[];
  value: string[];
  onChange: (ids: string[]) => void;
  error: string | undefined;
}

export function SeveralChoices({ label, choices, value, onChange, error }: SeveralChoicesProps) {
  return (
    <CheckboxGroup value={value} onChange={onChange} isInvalid={Boolean(error)} className={cx(styles.several)}>
      <Label className="visually-hidden">{label}</Label>
      {choices.map(({ id, label: words, hint }) => (
        <Checkbox key={id} value={id}>
          {words}
          {hint && <span className={styles.hint}> {hint}</span>}
        </Checkbox>
      ))}
      <FieldError className={cx(styles.error)}>{error}</FieldError>
    </CheckboxGroup>
  );
}
