//! A page of the form has turned: it is shown from its top, as much of it as the window holds, and takes the focus.
import { type RefObject, useEffect } from "react";

/** Where something is typed, the focus goes to the field; elsewhere to the heading, which is read first. An answer that
 *  has taken the focus by itself keeps it. */
export function useArrival(form: RefObject<HTMLFormElement | null>, heading: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const field = form.current?.querySelector<HTMLElement>(
      "[data-answer] :is(input, textarea):not([type=radio], [type=checkbox])",
    );
    const taken = form.current?.querySelector("[data-answer]")?.contains(document.activeElement);
    if (!taken) (field ?? heading.current)?.focus({ preventScroll: true });
    form.current?.closest("main")?.scrollTo(0, 0);
    form.current?.scrollIntoView({ block: "nearest" });
  }, [form, heading]);
}
