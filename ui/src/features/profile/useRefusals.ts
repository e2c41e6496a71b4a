//! What a form was refused for, field by field.
//! Invariant: a field loses its error as soon as it is written again, and the focus then stays with the writer.
import { type RefObject, useState } from "react";
import type { FieldErrors } from "./draft";
import { useFirstError } from "./useFirstError";

interface Refusals {
  form: RefObject<HTMLFormElement | null>;
  errors: FieldErrors;
  /** Shows these errors instead of the earlier ones; true when there is none. */
  refuse: (errors: FieldErrors) => boolean;
  /** These fields were written again. */
  mend: (fields: readonly string[]) => void;
}

const NONE: FieldErrors = {};

export function useRefusals(): Refusals {
  const [refused, setRefused] = useState(NONE);
  const [errors, setErrors] = useState(NONE);
  const form = useFirstError(refused);
  return {
    form,
    errors,
    refuse: (next) => {
      setRefused(next);
      setErrors(next);
      return Object.keys(next).length === 0;
    },
    mend: (fields) =>
      setErrors((current) => Object.fromEntries(Object.entries(current).filter(([field]) => !fields.includes(field)))),
  };
}
