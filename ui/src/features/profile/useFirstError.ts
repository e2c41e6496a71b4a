//! After a form was refused, the focus goes to the first field to mend (RGAA 11.10): nobody hunts for it.
//! Invariant: once for each refusal, that is for each new object given.
import { type RefObject, useEffect, useRef } from "react";
import type { FieldErrors } from "./draft";

export function useFirstError(refused: FieldErrors): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(refused).length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-invalid]');
    const field = wrong?.matches("input, textarea, button")
      ? wrong
      : wrong?.querySelector<HTMLElement>("input, button");
    field?.focus();
  }, [refused]);
  return form;
}
