//! A note on a dossier, kept on this computer.
//! Invariant: what was typed and not yet kept stays while one reads other dossiers; it is forgotten once kept.
import { type ReactNode, type RefObject, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { TextArea } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fieldError } from "../../errors/table";
import { fr } from "../../text/fr";
import styles from "./Reading.module.css";

const unsaved = new Map<string, string>();

interface NoteFormProps {
  ticketId: string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** Other things to keep in the dossier: a call, a photo. */
  children: ReactNode;
}

export function NoteForm({ ticketId, field, children }: NoteFormProps) {
  const [text, setText] = useState(() => unsaved.get(ticketId) ?? "");
  const note = useAct("ticket_note", { quiet: true });
  const change = (typed: string) => {
    unsaved.set(ticketId, typed);
    setText(typed);
  };
  const keep = () =>
    note.mutate(
      { id: ticketId, text },
      {
        onSuccess: () => {
          unsaved.delete(ticketId);
          setText("");
          say({ text: "Note gardée." });
        },
      },
    );
  const error = fieldError(note.error, "text") ?? note.error?.message;
  return (
    <Form
      validationBehavior="aria"
      className={styles.note ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        keep();
      }}
    >
      <TextArea
        label="Ajouter une note"
        hint={fr`Gardée sur cet ordinateur : elle n'est pas envoyée à l'assistance.`}
        rows={2}
        value={text}
        onChange={change}
        error={error}
        inputRef={field}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && text.trim() !== "") keep();
        }}
      />
      <div className={styles.actions}>
        <Button type="submit" size="small" isPending={note.isPending} isDisabled={text.trim() === ""}>
          Garder la note
        </Button>
        {children}
      </div>
    </Form>
  );
}
