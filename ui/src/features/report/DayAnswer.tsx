//! A day typed by hand; kept once it is a real day.
import { useState } from "react";
import { TextField } from "../../components/Field";
import { shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";

interface DayAnswerProps {
  value: string | null;
  onChange: (day: string, typed: boolean) => void;
  error: string | undefined;
  optional: boolean;
}

export function DayAnswer({ value, onChange, error, optional }: DayAnswerProps) {
  const [text, setText] = useState(value ? shortDay(value) : "");
  return (
    <TextField
      label="Date"
      hint={"Jour, mois, année\u202f: 14/09/2027"}
      error={error}
      optional={optional}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(readDay(next) ?? "", true);
      }}
    />
  );
}
