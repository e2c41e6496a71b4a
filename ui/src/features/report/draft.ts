//! A draft while it is being answered.
//!
//! Each choice is saved by the application as soon as it is made, a text shortly after the last key: the answers beside
//! (who takes care of it, by which way) follow at once. The question on screen, its page, stays until the person turns it:
//! only « Continuer », « Retour » and « Modifier » change the page.
//! Invariant: saves leave one at a time and in order, and the page turns only once its answer is kept.
//! Left out on purpose: which question comes next, which the application says.
import { useCallback, useEffect, useRef, useState } from "react";
import { client, useAct, useCall } from "../../data";
import type { AnswerValue, GuideView } from "../../wire/types";

const PAUSE_MS = 500;

/** Nothing chosen, nothing written. */
export function isBlank(value: AnswerValue | null): boolean {
  if (value === null) return true;
  return typeof value === "string" ? value.trim() === "" : value.length === 0;
}

interface Given {
  question: string;
  value: AnswerValue;
}

export function useDraft(draftId: string) {
  const opened = useCall("guide_open", { id: draftId });
  const { mutateAsync: save } = useAct("guide_answer");
  const { mutateAsync: reopen } = useAct("guide_reopen");
  const [held, setHeld] = useState<GuideView | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const [turning, setTurning] = useState(false);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const kept = useRef<{ given: Given; view: Promise<GuideView> } | null>(null);
  const waiting = useRef<{ given: Given; timer: number } | null>(null);

  const page = held ?? opened.data ?? null;
  const question = page?.question ?? null;
  const value = question === null ? null : given?.question === question.id ? given.value : question.previous;

  const inTurn = useCallback(<Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    // One failed save does not stop the next ones; its message has been raised.
    const next = line.current.then(act, act);
    line.current = next.catch(() => undefined);
    return next;
  }, []);

  const keep = useCallback(
    (answer: Given) => {
      const view = inTurn(() => save({ draft_id: draftId, ...answer }));
      kept.current = { given: answer, view };
      return view;
    },
    [draftId, inTurn, save],
  );

  /** What was typed and not yet kept, if anything. */
  const flush = useCallback(async () => {
    const late = waiting.current;
    if (late === null) return;
    window.clearTimeout(late.timer);
    waiting.current = null;
    await keep(late.given);
  }, [keep]);

  // Leaving the screen by any way keeps the last words typed; coming back reads the draft as it then is.
  useEffect(
    () => () => {
      void flush().catch(() => undefined);
      client.removeQueries({ queryKey: ["guide_open", { id: draftId }] });
    },
    [flush, draftId],
  );

  const answer = (next: AnswerValue, typed: boolean) => {
    if (page === null || question === null) return;
    const chosen = { question: question.id, value: next };
    setHeld(page);
    setGiven(chosen);
    if (waiting.current) window.clearTimeout(waiting.current.timer);
    waiting.current = { given: chosen, timer: window.setTimeout(() => void flush().catch(() => undefined), PAUSE_MS) };
    if (!typed) void flush().catch(() => undefined);
  };

  /** Runs one change of page; a second one asked meanwhile is the same key pressed twice. */
  const turn = async (change: () => Promise<GuideView | null>) => {
    if (turning) return;
    setTurning(true);
    try {
      await flush();
      setHeld(await change());
      setGiven(null);
    } catch {
      // The message has been raised; the page and what was typed stay.
    } finally {
      setTurning(false);
    }
  };

  /** To the question that follows, as the application says. */
  const next = () =>
    turn(async () => {
      if (question === null) return page;
      const last = kept.current;
      if (last !== null && last.given === given) return last.view.catch(() => keep(last.given));
      // Also when nothing was touched: an optional question left empty is answered, a former answer is confirmed.
      return keep({ question: question.id, value: value ?? (question.kind === "plusieurs" ? [] : "") });
    });

  /** To an answered question, its former answer already chosen and kept. */
  const backTo = (id: string) =>
    turn(async () => {
      const view = await inTurn(() => reopen({ draft_id: draftId, question: id }));
      const previous = view.question?.id === id ? view.question.previous : null;
      if (previous !== null && !isBlank(previous)) await keep({ question: id, value: previous });
      return view;
    });

  return {
    page,
    /** What the answers given so far already tell, the one on screen included. */
    latest: opened.data ?? page,
    error: opened.error,
    retry: opened.refetch,
    question,
    value,
    turning,
    answer,
    next,
    backTo,
    flush,
  };
}

export type DraftState = ReturnType<typeof useDraft>;
