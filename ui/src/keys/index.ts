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

/** Worn by a screen that takes whatever is typed, wherever the focus is: a round of scanning. */
export const TAKES_TYPING = { "data-takes-typing": "" } as const;

/** True when the key goes into a field. */
export function isInField({ target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select, [contenteditable="true"]') !== null
  );
}

/** True when the key belongs to a field, a list that answers to letters, an open dialog, or a screen that takes all. */
export function isTyping(event: KeyboardEvent): boolean {
  if (!(event.target instanceof Element)) return false;
  return document.querySelector('[role="dialog"], [role="listbox"], [data-takes-typing]') !== null || isInField(event);
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
