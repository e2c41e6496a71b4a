//! One question: its heading, what to try, the control that fits its kind, and what is wrong with the answer if it is.
//! From the heading, where the focus arrives, a number or an arrow chooses and Enter goes on; where something is typed,
//! the focus arrives in the field and Enter goes on too (Ctrl Enter in a text of several lines).
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { TextArea, TextField } from "../../components/Field";
import { RadioCards } from "../../components/RadioCards";
import { SearchField } from "../../components/SearchField";
import { matcher } from "../../text/fold";
import type { AnswerValue, Choice, Contact, Question, QuestionKind } from "../../wire/types";
import { Terms } from "../convention/Terms";
import { isBlank, isEnough } from "./answers";
import { useArrival } from "./arrive";
import { DayAnswer } from "./DayAnswer";
import { Fields } from "./Fields";
import { useEnter } from "./keys";
import { EquipmentPicker, RoomPicker } from "./Pickers";
import styles from "./Report.module.css";
import { SeveralChoices } from "./SeveralChoices";
import { Trials } from "./Trials";

/** From this many answers, they stand on two columns; beyond the nine keys, they can be found by typing. */
const MANY = 9;

/** Trials and lines say what is missing at each of them. */
const MISSING: Record<Exclude<QuestionKind, "essais" | "fiche">, string> = {
  choix: "Choisissez une réponse pour continuer.",
  plusieurs: "Cochez au moins une réponse pour continuer.",
  texte: "Écrivez quelques mots pour continuer.",
  "texte-long": "Écrivez quelques mots pour continuer.",
  equipement: "Choisissez un appareil, ou dites qu’il n’est pas dans le registre.",
  salle: "Choisissez une salle, ou dites qu’elle n’est pas dans le registre.",
  date: "Écrivez la date sous la forme 14/09/2027.",
};

interface QuestionFormProps {
  question: Question;
  number: number;
  expected: number;
  value: AnswerValue | null;
  /** Whose contract number may stand in a line. */
  callers: readonly Contact[];
  onAnswer: (value: AnswerValue, typed: boolean) => void;
  onNext: () => void;
  /** Under the answer, what goes with it without being one. */
  beneath?: ReactNode;
  /** Retour, Finir plus tard, Continuer. */
  actions: ReactNode;
}

export function QuestionForm(props: QuestionFormProps) {
  const { question, number, expected, value, callers, onAnswer, onNext, beneath, actions } = props;
  const base = useId();
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [missing, setMissing] = useState(false);
  const [filter, setFilter] = useState("");
  const matches = matcher(filter);
  const choices = question.choices.filter(({ label, hint, group }) => matches(label, hint, group));
  const one = typeof value === "string" ? value : null;

  useArrival(form, heading);

  // A number key chooses from afar: the focus follows, so that the arrows go on from there.
  useEffect(() => {
    const chosen = form.current?.querySelector<HTMLInputElement>('input[type="radio"]:checked');
    if (one !== null && document.activeElement === heading.current) chosen?.focus();
  }, [one]);

  // What was refused takes the focus, where its error is read.
  useEffect(() => {
    if (missing) form.current?.querySelector<HTMLElement>("[data-answer=fiche] [aria-invalid=true]")?.focus();
  }, [missing]);

  const choose = (next: AnswerValue, typed = false) => {
    // A trial answered does not excuse the others.
    if (question.kind !== "essais") setMissing(false);
    onAnswer(next, typed);
  };
  const goOn = () => {
    const first = filter === "" ? undefined : choices[0];
    if (isBlank(value) && first !== undefined) choose(first.id);
    else if (isEnough(question, value)) onNext();
    else setMissing(true);
  };
  useEnter(goOn);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    goOn();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      goOn();
    }
    if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target === heading.current) {
      const radios = form.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [];
      const radio = [...radios].find(({ checked }) => checked) ?? radios[0];
      if (!radio) return;
      event.preventDefault();
      radio.focus();
      choose(radio.value);
    }
  };

  return (
    <form
      ref={form}
      className={styles.question}
      aria-labelledby={`${base}-title`}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
      noValidate
    >
      <div>
        <p id={`${base}-number`} className={styles.number}>
          Question {number} sur {expected}
          {question.optional && " · facultative"}
        </p>
        <h2
          ref={heading}
          id={`${base}-title`}
          tabIndex={-1}
          aria-describedby={`${base}-number ${base}-help`}
          className={styles.title}
        >
          <Terms within="control">{question.title}</Terms>
        </h2>
        <div id={`${base}-help`}>
          {question.help && (
            <p className={styles.help}>
              <Terms>{question.help}</Terms>
            </p>
          )}
          {question.why && (
            <p className={styles.why}>
              <Terms>{question.why}</Terms>
            </p>
          )}
        </div>
      </div>
      {question.kind === "choix" && question.choices.length > MANY && (
        <div className={styles.filter}>
          <SearchField label="Trouver une réponse" value={filter} onChange={setFilter} />
          {choices.length === 0 && <p role="status">Aucune réponse ne contient ces mots.</p>}
        </div>
      )}
      <div data-answer={question.kind}>
        <Answer
          question={question}
          choices={choices}
          value={value}
          missing={missing}
          callers={callers}
          onAnswer={choose}
          onNext={goOn}
        />
      </div>
      {beneath}
      {actions}
    </form>
  );
}

interface AnswerProps {
  question: Question;
  choices: readonly Choice[];
  value: AnswerValue | null;
  missing: boolean;
  callers: readonly Contact[];
  onAnswer: (value: AnswerValue, typed?: boolean) => void;
  onNext: () => void;
}

function Answer({ question, choices, value, missing, callers, onAnswer, onNext }: AnswerProps) {
  const { title, optional, example, kind } = question;
  if (kind === "essais")
    return <Trials question={question} value={value} onChange={onAnswer} missing={missing} onNext={onNext} />;
  if (kind === "fiche") {
    return (
      <Fields
        fields={question.fields}
        value={value}
        callers={callers}
        onChange={(texts) => onAnswer(texts, true)}
        refused={missing}
        onNext={onNext}
      />
    );
  }
  const error = missing ? MISSING[kind] : undefined;
  const one = typeof value === "string" ? value : null;
  const texts = { label: "Votre réponse", optional, error };
  const sample = example ? { hint: `Exemple\u202f: ${example}.` } : {};
  switch (kind) {
    case "choix":
      return (
        <RadioCards
          label={title}
          hideLabel
          options={choices}
          value={one}
          onChange={onAnswer}
          error={error}
          dense={question.choices.length >= MANY}
        />
      );
    case "plusieurs":
      return (
        <SeveralChoices
          label={title}
          choices={choices}
          value={Array.isArray(value) ? value : []}
          onChange={onAnswer}
          error={error}
        />
      );
    case "texte":
      return <TextField {...texts} {...sample} value={one ?? ""} onChange={(text) => onAnswer(text, true)} />;
    case "texte-long":
      return (
        <TextArea
          {...texts}
          hint={[sample.hint, "Ctrl Entrée pour continuer."].filter(Boolean).join(" ")}
          value={one ?? ""}
          onChange={(text) => onAnswer(text, true)}
        />
      );
    case "equipement":
      return <EquipmentPicker choices={question.choices} value={one} onChange={onAnswer} error={error} />;
    case "salle":
      return <RoomPicker choices={question.choices} value={one} onChange={onAnswer} error={error} />;
    case "date":
      return <DayAnswer value={one} onChange={onAnswer} error={error} optional={optional} />;
  }
}
