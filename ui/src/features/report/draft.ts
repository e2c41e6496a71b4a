//! A draft while it is being answered.
//!
//! Each choice is saved by the application as soon as it is made, a text shortly after the last key: the answers beside
//! (who takes care of it, by which way) follow at once. The question on screen, its page, stays until the person turns it:
//! only « Continuer », « Retour » and « Modifier » change the page.
//! Invariant: saves leave one at a time and in order, and the page turns only once its answer is kept.
//! Left out on purpose: which question comes next, which the application says.
import { useCallback, useEffect, useRef, useState } from "react";
import { client, useAct, useCall } from "../../data";
import type { AnswerValue, GuideView, Question } from "../../wire/types";
import { isBlank, keepable, leftAsIs } from "./answers";

const PAUSE_MS = 500;

interface Given {
  question: Question;
  value: AnswerValue;
}

export function useDraft(draftId: string) {
  const opened = useCall("guide_open", { id: draftId });
  const { mutateAsync: save } = useAct("guide_answer");
  const { mutateAsync: reopen } = useAct("guide_reopen");
  const { mutateAsync: renewed } = useAct("guide_renew");
  const [held, setHeld] = useState<GuideView | null>(null);
  const [given, setGiven] = useState<Given | null>(null);
  const [turning, setTurning] = useState(false);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const kept = useRef<{ given: Given; view: Promise<GuideView> } | null>(null);
  const waiting = useRef<{ given: Given; timer: number } | null>(null);

  const page = held ?? opened.data ?? null;
  const question = page?.question ?? null;
  const value = question === null ? null : given?.question.id === question.id ? given.value : question.previous;

  const inTurn = useCallback(<Answer>(act: () => Promise<Answer>): Promise<Answer> => {
    // One failed save does not stop the next ones; its message has been raised.
    const next = line.current.then(act, act);
    line.current = next.catch(() => undefined);
    return next;
  }, []);

  const keep = useCallback(
    (answer: Given) => {
      const { question: asked, value: said } = answer;
      const view = inTurn(() => save({ draft_id: draftId, question: asked.id, value: keepable(asked, said) }));
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
    const chosen = { question, value: next };
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
      return keep({ question, value: value ?? leftAsIs(question) });
    });

  /** To an answered question, its former answer already chosen and kept. */
  const backTo = (id: string) =>
    turn(async () => {
      const view = await inTurn(() => reopen({ draft_id: draftId, question: id }));
      const { question: asked } = view;
      const previous = asked?.id === id ? asked.previous : null;
      if (asked && previous !== null && !isBlank(previous)) await keep({ question: asked, value: previous });
      return view;
    });

  /** On with the convention as it is now; what it asks in another way is asked again. */
  const renew = () => turn(() => inTurn(() => renewed({ id: draftId })));

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
    renew,
    flush,
  };
}

export type DraftState = ReturnType<typeof useDraft>;
