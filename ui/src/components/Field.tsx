//! One-line and many-line fields, with their label, their hint and their error tied to them.
//! Invariant: an error says what to do, not only what is wrong; « facultatif » is written, never a star on the others.
import type { ReactNode, Ref } from "react";
import {
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
} from "react-aria-components";
import { cx } from "./cx";
import styles from "./Field.module.css";

export interface FieldTexts {
  label: string;
  hint?: ReactNode | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
}

/** Label above, hint and error under any control of React Aria, which ties them by itself; controls of a line align. */
export function FieldFrame({ label, hint, error, optional, children }: FieldTexts & { children: ReactNode }) {
  return (
    <>
      <Label className={cx(styles.label)}>
        {label}
        {optional && <span className={styles.optional}> facultatif</span>}
      </Label>
      {children}
      {hint && (
        <Text slot="description" className={cx(styles.hint)}>
          {hint}
        </Text>
      )}
      <FieldError className={cx(styles.error)}>{error}</FieldError>
    </>
  );
}

type TextFieldProps = FieldTexts &
  Omit<AriaTextFieldProps, "children" | "className" | "style"> & {
    placeholder?: string;
    /** Serials, addresses, numbers: figures that must not be confused. */
    mono?: boolean;
  };

export function TextField({ label, hint, error, optional, placeholder, mono, ...rest }: TextFieldProps) {
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(styles.field)}>
      <FieldFrame label={label} hint={hint} error={error} optional={optional}>
        <Input className={cx(styles.input, mono && "mono")} {...(placeholder ? { placeholder } : {})} />
      </FieldFrame>
    </AriaTextField>
  );
}

type TextAreaProps = TextFieldProps & {
  rows?: number;
  /** For a button elsewhere that leads to the field. */
  inputRef?: Ref<HTMLTextAreaElement>;
};

export function TextArea(props: TextAreaProps) {
  const { label, hint, error, optional, placeholder, mono, rows = 4, inputRef, ...rest } = props;
  return (
    <AriaTextField {...rest} isInvalid={Boolean(error)} className={cx(styles.field)}>
      <FieldFrame label={label} hint={hint} error={error} optional={optional}>
        <AriaTextArea
          rows={rows}
          {...(inputRef ? { ref: inputRef } : {})}
          className={cx(styles.input, styles.area, mono && "mono")}
          {...(placeholder ? { placeholder } : {})}
        />
      </FieldFrame>
    </AriaTextField>
  );
}

/** Fields side by side where there is room, one under the other where there is not. */
export function FieldGrid({ children }: { children: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}
