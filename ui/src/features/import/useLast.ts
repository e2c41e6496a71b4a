//! The last answer there was, kept on screen while a later one is refused: what is to be mended stays in sight.
import { useRef } from "react";

export function useLast<Answer>(answer: Answer | undefined): Answer | undefined {
  const last = useRef(answer);
  if (answer !== undefined) last.current = answer;
  return last.current;
}
