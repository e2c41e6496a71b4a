//! When what had the focus is gone (a row that was dealt with, the button of a dialog), the heading of the page takes it:
//! the next Tab starts from there, not from the top of the window.
import { useEffect, useRef } from "react";

/** To call when something that may have the focus is about to go away. */
export function keepFocus(): () => void {
  // A dialog that closes gives the focus back one frame later; only then is it known to be lost.
  let frame = requestAnimationFrame(() => {
    frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>("main h1")?.focus();
    });
  });
  return () => cancelAnimationFrame(frame);
}

/** `shown` names what is on screen, and whether a dialog is open: any change of it may have taken the focus away. */
export function useKeptFocus(shown: string): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    return keepFocus();
  }, [shown]);
}
