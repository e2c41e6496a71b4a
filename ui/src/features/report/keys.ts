//! Enter goes on, wherever the focus stands on the page, unless it belongs to what has the focus.
import { useEffect, useRef } from "react";
import { isTyping } from "../../keys";

/** A held key goes on once: the next page must be read before it is turned. */
export function useEnter(action: () => void): void {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event)) return;
      if (event.target instanceof Element && event.target.closest("button, a, summary, [role=button]")) return;
      event.preventDefault();
      if (!event.repeat) latest.current();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
