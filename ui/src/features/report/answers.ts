//! What an answer holds, read by kind, and what is missing in it before the page can be turned.
//! Left out on purpose: whether an answer is right, which the application says; here only what nobody has typed yet, or
//! typed so that it cannot be read.
import { readDay } from "../../text/typed";
import type { AnswerValue, Field, Question } from "../../wire/types";

/** How a trial ended, in the words of the wire and of the screen, in the order of their keys. */
export const OUTCOMES = [
  { id: "regle", label: "Réglé" },
  { id: "pas-regle", label: "Pas réglé" },
  { id: "pas-pu", label: "Pas pu essayer" },
] as const;

const SETTLED = "regle";

export type Texts = { [id: string]: string };

/** The words by trial or by field; none yet for another kind of answer. */
export function textsOf(value: AnswerValue | null): Texts {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? value : {};
}

/** Nothing chosen, nothing written. */
export function isBlank(value: AnswerValue | null): boolean {
  if (value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return Object.values(value).every((text) => text.trim() === "");
}

/** What an optional question says when it is left as it is. */
export function leftAsIs({ kind }: Question): AnswerValue {
  if (kind === "plusieurs") return [];
  return kind === "fiche" || kind === "essais" ? {} : "";
}

export function isSettled(value: AnswerValue | null): boolean {
  return Object.values(textsOf(value)).includes(SETTLED);
}

/** The trials without an outcome. One that settled the matter makes the others needless. */
export function missingTrials({ trials }: Question, value: AnswerValue | null): string[] {
  if (isSettled(value)) return [];
  const outcomes = textsOf(value);
  return trials.map(({ id }) => id).filter((id) => !outcomes[id]);
}

/** The trial where one stands: the one after the last answered, in their order; the last one stays the last. */
export function trialAfter({ trials }: Question, id: string): string {
  const here = trials.findIndex((trial) => trial.id === id);
  return trials[here + 1]?.id ?? id;
}

/** What is wrong with a line of a `fiche`, and how to mend it. */
export function fieldProblem({ kind }: Field, text: string): string | undefined {
  if (text.trim() === "") return undefined;
  if (kind === "date" && !readDay(text)) return "Écrivez la date sous la forme 14/09/2027.";
  if (kind === "nombre" && !/^\d{1,9}$/.test(text.trim())) return "Écrivez un nombre, en chiffres.";
  return undefined;
}

/** What can be kept of an answer while it is typed: a line that cannot be read yet is left out, a day is written as the
 *  application writes it. */
export function keepable({ kind, fields }: Question, value: AnswerValue): AnswerValue {
  if (kind !== "fiche") return value;
  const texts = textsOf(value);
  const lines = fields.flatMap((field) => {
    const text = texts[field.id] ?? "";
    if (text.trim() === "" || fieldProblem(field, text) !== undefined) return [];
    return [[field.id, field.kind === "date" ? (readDay(text) ?? "") : text]];
  });
  return Object.fromEntries(lines);
}

/** The page can be turned: what is required is there, and what is there can be read. */
export function isEnough(question: Question, value: AnswerValue | null): boolean {
  if (question.kind === "essais") return missingTrials(question, value).length === 0;
  if (question.kind === "fiche") {
    const texts = textsOf(value);
    return question.fields.every((field) => fieldProblem(field, texts[field.id] ?? "") === undefined);
  }
  return question.optional || !isBlank(value);
}
