//! A page of lines, none of them required: what the desk would ask for otherwise.
//! Enter goes on from any line; in a long one only while it is empty, then Ctrl Enter does.
//! Invariant: what Relais filled in by itself says where it comes from, for as long as it is what that place says.
import type { KeyboardEvent } from "react";
import { TextArea, TextField } from "../../components/Field";
import { useCall } from "../../data";
import { shortDay } from "../../text/fr";
import type { AnswerValue, Contact, Field, FieldKind } from "../../wire/types";
import { fieldProblem, textsOf } from "./answers";
import styles from "./Fields.module.css";

const INPUTS: Record<Exclude<FieldKind, "texte">, { type?: "tel"; inputMode?: "numeric" | "tel" }> = {
  ligne: {},
  nombre: { inputMode: "numeric" },
  telephone: { type: "tel", inputMode: "tel" },
  date: {},
};

/** As the application writes a day; while it is typed it is shown as it is typed. */
const KEPT_DAY = /^\d{4}-\d{2}-\d{2}$/;

interface FieldsProps {
  fields: readonly Field[];
  value: AnswerValue | null;
  /** The vendor's contacts, whose contract number may stand in a line. */
  callers: readonly Contact[];
  onChange: (value: AnswerValue) => void;
  /** The page was refused: what cannot be read is said at its line. */
  refused: boolean;
  onNext: () => void;
}

export function Fields({ fields, value, callers, onChange, refused, onNext }: FieldsProps) {
  const { data: status } = useCall("status", {});
  const phone = status?.profile?.phone ?? "";
  const texts = textsOf(value);
  const originOf = (text: string): string | undefined => {
    if (text === "") return undefined;
    if (text === phone) return "Repris de votre profil.";
    const caller = callers.find(({ contract }) => contract === text);
    return caller && `Repris du contact ${caller.organisation || caller.last_name}.`;
  };
  return (
    <div className={styles.grid}>
      {fields.map((field) => {
        const text = texts[field.id] ?? "";
        return (
          <Line
            key={field.id}
            field={field}
            text={text}
            origin={originOf(text)}
            error={refused ? fieldProblem(field, text) : undefined}
            onChange={(next) => onChange({ ...texts, [field.id]: next })}
            onNext={onNext}
          />
        );
      })}
    </div>
  );
}

interface LineProps {
  field: Field;
  text: string;
  origin: string | undefined;
  error: string | undefined;
  onChange: (text: string) => void;
  onNext: () => void;
}

function Line({ field: { label, hint, kind }, text, origin, error, onChange, onNext }: LineProps) {
  const words = [hint, origin, kind === "texte" && text !== "" && "Ctrl Entrée pour continuer."].filter(Boolean);
  const texts = { label, error, ...(words.length > 0 ? { hint: words.join(" ") } : {}) };
  if (kind === "texte") {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey || text !== "") return;
      event.preventDefault();
      onNext();
    };
    return (
      <div className={styles.long}>
        <TextArea {...texts} rows={2} value={text} onChange={onChange} onKeyDown={onKeyDown} />
      </div>
    );
  }
  const shown = kind === "date" && KEPT_DAY.test(text) ? shortDay(text) : text;
  return <TextField {...texts} {...INPUTS[kind]} value={shown} onChange={onChange} />;
}
