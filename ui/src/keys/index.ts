//! Keys that act anywhere in the window.
//! Invariant: a plain key never acts while the user types in a field or while a dialog is open; Ctrl K always does.
import { useEffect, useRef } from "react";

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">;

/** « n », « / », « ? », « ctrl+k »: the name of what was pressed. */
export function keyName({ key, ctrlKey, metaKey, altKey }: Pressed): string {
  if (altKey) return "";
  const name = key.length === 1 ? key.toLowerCase() : key;
  return ctrlKey || metaKey ? `ctrl+${name}` : name;
}

/** True when the key belongs to a field, a list that answers to letters, or an open dialog. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  if (document.querySelector('[role="dialog"], [role="listbox"]')) return true;
  return (
    target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]') !== null
  );
}

/** Runs `action` when the key is pressed, unless it belongs to what the user is typing. */
export function useShortcut(name: string, action: () => void): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || keyName(event) !== name) return;
      if (!name.startsWith("ctrl+") && isTyping(event)) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [name]);
}
