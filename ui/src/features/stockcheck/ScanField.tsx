//! Where a scanner types, and a person too: Enter notes it and the field is ready for the next one.
//! Invariant: while the screen is open, whatever is typed outside a field lands here; a serial that begins with « n » must
//! not lead to « Signaler ». Space stays with the box that has the focus.
import { ScanBarcode } from "lucide-react";
import { type RefObject, useEffect, useRef, useState } from "react";
import { TextField as AriaTextField, Form, Input, Label } from "react-aria-components";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { isInField, TAKES_TYPING } from "../../keys";
import styles from "./Check.module.css";

interface ScanFieldProps {
  label: string;
  field: RefObject<HTMLInputElement | null>;
  onScan: (mark: string) => void;
  /** The arrow down goes to the list; the page keys change room. */
  onDown: () => void;
  onRoom: (step: 1 | -1) => void;
}

export function ScanField({ label, field, onScan, onDown, onRoom }: ScanFieldProps) {
  const [text, setText] = useState("");
  const change = useRef(onRoom);
  change.current = onRoom;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"], [role="listbox"], [role="menu"]')) return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "PageDown" || event.key === "PageUp") {
        event.preventDefault();
        change.current(event.key === "PageDown" ? 1 : -1);
        return;
      }
      if (event.key.length !== 1 || event.key === " " || isInField(event)) return;
      // The character itself goes to whatever has the focus once this returns.
      field.current?.focus();
    };
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [field]);

  return (
    <Form
      {...TAKES_TYPING}
      className={cx(styles.scan)}
      onSubmit={(event) => {
        event.preventDefault();
        const mark = text.trim();
        setText("");
        if (mark !== "") onScan(mark);
      }}
    >
      <AriaTextField value={text} onChange={setText} autoComplete="off" className={cx(styles.scanField)}>
        <Label className={cx(styles.scanLabel)}>{label}</Label>
        <span className={styles.scanBox}>
          <ScanBarcode size={24} aria-hidden className={styles.scanIcon} />
          <Input
            ref={field}
            className={cx("mono", styles.scanInput)}
            placeholder="Scannez une étiquette, ou tapez un numéro"
            onKeyDown={(event) => {
              if (event.key !== "ArrowDown") return;
              event.preventDefault();
              onDown();
            }}
          />
          <Button type="submit" isDisabled={text.trim() === ""}>
            Noter
          </Button>
        </span>
      </AriaTextField>
    </Form>
  );
}
