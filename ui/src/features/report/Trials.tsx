//! What to try first, one gesture a row, each with its outcome: « Réglé », « Pas réglé », « Pas pu essayer ».
//! 1, 2 and 3 answer the row where one stands and lead to the next; Enter goes on with the form.
//! Invariant: a number never acts while something is typed or a dialog is open; a row left without a word is pointed at.
import { type KeyboardEvent as ReactKey, useEffect, useRef } from "react";
import { FieldError, Label, Radio, RadioGroup } from "react-aria-components";
import { flushSync } from "react-dom";
import { cx } from "../../components/cx";
import { Kbd } from "../../components/Kbd";
import { isTyping } from "../../keys";
import type { AnswerValue, Question } from "../../wire/types";
import { Terms } from "../convention/Terms";
import { isSettled, missingTrials, OUTCOMES, textsOf, trialAfter } from "./answers";
import styles from "./Trials.module.css";

const ROW = "data-trial";

interface TrialsProps {
  question: Question;
  value: AnswerValue | null;
  onChange: (value: AnswerValue) => void;
  /** « Continuer » was asked before every row had its outcome. */
  missing: boolean;
  onNext: () => void;
}

export function Trials({ question, value, onChange, missing, onNext }: TrialsProps) {
  const list = useRef<HTMLOListElement>(null);
  const outcomes = textsOf(value);
  const without = missingTrials(question, value);
  const settled = isSettled(value);

  /** On the outcome chosen in a row, or on its first one. */
  const stand = (id: string, outcome = outcomes[id] ?? OUTCOMES[0].id) =>
    list.current?.querySelector<HTMLElement>(`[${ROW}="${CSS.escape(id)}"] input[value="${outcome}"]`)?.focus();
  // Keys may come faster than the page is drawn: each one stands on the answers before it.
  const answer = (trial: string, outcome: string) => flushSync(() => onChange({ ...outcomes, [trial]: outcome }));

  // The window's keys follow the answers without being taken off and put back at each of them.
  const latest = useRef({ question, without, answer, stand });
  latest.current = { question, without, answer, stand };

  useEffect(() => {
    const { question: asked, without: first, stand: go } = latest.current;
    const start = first[0] ?? asked.trials[0]?.id;
    if (start) go(start);
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || isTyping(event)) return;
      const outcome = OUTCOMES[Number(event.key) - 1];
      const { question: on, without: left, answer: give, stand: goTo } = latest.current;
      const here = document.activeElement?.closest(`[${ROW}]`)?.getAttribute(ROW);
      const trial = here ?? left[0] ?? on.trials[0]?.id;
      if (!outcome || !trial) return;
      event.preventDefault();
      give(trial, outcome.id);
      const next = outcome.id === "regle" ? trial : trialAfter(on, trial);
      goTo(next, next === trial ? outcome.id : undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  // What is missing is pointed at by the focus too.
  const wanted = missing ? without[0] : undefined;
  useEffect(() => {
    if (wanted !== undefined) latest.current.stand(wanted);
  }, [wanted]);

  // React Aria would take Enter for a choice of the outcome that has the focus, which nobody made.
  const onEnter = (event: ReactKey) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat) onNext();
  };

  return (
    <div className={styles.trials}>
      <p className={styles.keys}>
        <Kbd>1</Kbd> réglé, <Kbd>2</Kbd> pas réglé, <Kbd>3</Kbd> pas pu essayer{"\u202f"}: la ligne suivante vient
        d’elle-même.
      </p>
      <ol ref={list} className={styles.list} onKeyDownCapture={onEnter}>
        {question.trials.map(({ id, text }, index) => (
          <li key={id} data-trial={id} className={styles.row}>
            <RadioGroup
              value={outcomes[id] ?? null}
              onChange={(outcome) => answer(id, outcome)}
              orientation="horizontal"
              isInvalid={missing && without.includes(id)}
              className={cx(styles.group)}
            >
              <Label className={cx(styles.gesture)}>
                <span className={styles.rank}>{index + 1}</span>
                <span>
                  <Terms within="control">{text}</Terms>
                </span>
              </Label>
              <div className={styles.outcomes}>
                {OUTCOMES.map(({ id: outcome, label }) => (
                  <Radio key={outcome} value={outcome} className={cx(styles.outcome, styles[outcome])}>
                    <span className={styles.dot} aria-hidden />
                    {label}
                  </Radio>
                ))}
              </div>
              <FieldError className={cx(styles.error)}>
                Dites ce que cela a donné, ou que vous n’avez pas pu essayer.
              </FieldError>
            </RadioGroup>
          </li>
        ))}
      </ol>
      <p role="status" className={styles.settled}>
        {settled && "C’est réglé\u202f: le reste n’est plus à essayer. Entrée continue."}
      </p>
    </div>
  );
}
