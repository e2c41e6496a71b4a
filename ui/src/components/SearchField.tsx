//! Filters what is below while typing. « / » comes here from anywhere on the screen; Escape empties.
import { Search, X } from "lucide-react";
import { useRef } from "react";
import { SearchField as AriaSearchField, Button, Input } from "react-aria-components";
import { useShortcut } from "../keys";
import { cx } from "./cx";
import { Kbd } from "./Kbd";
import styles from "./SearchField.module.css";

interface SearchFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  onChange: (text: string) => void;
}

export function SearchField({ label, placeholder = label, value, onChange }: SearchFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useShortcut("/", () => input.current?.focus());
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className={cx(styles.search)}>
      <Search size={18} aria-hidden className={cx(styles.glass)} />
      <Input ref={input} placeholder={placeholder} className={cx(styles.input)} />
      {value ? (
        <Button className={cx(styles.clear)} aria-label="Effacer la recherche">
          <X size={16} aria-hidden />
        </Button>
      ) : (
        <span className={styles.hint} aria-hidden>
          <Kbd>/</Kbd>
        </span>
      )}
    </AriaSearchField>
  );
}
