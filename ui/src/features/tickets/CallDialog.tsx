//! A call that was made, noted in the dossier: with whom, and what was said.
//! Invariant: what was typed and not yet kept stays while the telephone is looked for elsewhere; it is forgotten once kept.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextArea, TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fr } from "../../text/fr";
import type { Contact } from "../../wire/types";
import { nameOf } from "../contacts/words";
import { useRefusals } from "../profile/useRefusals";
import { Callers } from "./Callers";

interface CallDialogProps {
  ticketId: string;
  callers: readonly Contact[];
  isOpen: boolean;
  onClose: () => void;
}

interface Call {
  whom: string;
  text: string;
}

const unsaved = new Map<string, Call>();

export function CallDialog({ isOpen, onClose, ...rest }: CallDialogProps) {
  return (
    <Dialog title="Noter un appel" isOpen={isOpen} onClose={onClose}>
      <CallForm {...rest} onClose={onClose} />
    </Dialog>
  );
}

function CallForm({ ticketId, callers, onClose }: Omit<CallDialogProps, "isOpen">) {
  const first = callers[0];
  const [call, setCall] = useState<Call>(() => unsaved.get(ticketId) ?? { whom: first ? nameOf(first) : "", text: "" });
  const { form, errors, refuse, mend } = useRefusals();
  const note = useAct("ticket_call", { quiet: true });
  const change = (field: keyof Call, typed: string) => {
    const next = { ...call, [field]: typed };
    unsaved.set(ticketId, next);
    setCall(next);
    mend([field]);
  };
  const save = () => {
    if (note.isPending) return;
    const whom = call.whom.trim() === "" ? { whom: "Écrivez qui vous avez eu." } : {};
    const text = call.text.trim() === "" ? { text: "Écrivez ce qui a été dit, même en trois mots." } : {};
    if (!refuse({ ...whom, ...text })) return;
    note.mutate(
      { id: ticketId, ...call },
      {
        onError: ({ field, message }) => refuse({ [field === "whom" ? "whom" : "text"]: message }),
        onSuccess: () => {
          unsaved.delete(ticketId);
          onClose();
          say({ text: "Appel noté dans le dossier." });
        },
      },
    );
  };
  return (
    <DialogForm
      ref={form}
      onSubmit={save}
      actions={
        <>
          <Button onPress={onClose}>Plus tard</Button>
          <Button type="submit" variant="primary" isPending={note.isPending}>
            Noter l’appel
          </Button>
        </>
      }
    >
      {callers.length > 0 && <Callers callers={callers} label="Qui appeler" contract />}
      <TextField
        label={"Qui avez-vous eu\u202f?"}
        value={call.whom}
        onChange={(typed) => change("whom", typed)}
        error={errors.whom}
        autoFocus={call.whom === ""}
      />
      <TextArea
        label="Ce qui a été dit"
        hint={fr`Le numéro donné par l'éditeur, ce qu'il a fait, ce qu'il attend de vous. Ctrl Entrée garde l'appel.`}
        value={call.text}
        onChange={(typed) => change("text", typed)}
        error={errors.text}
        autoFocus={call.whom !== ""}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        }}
      />
    </DialogForm>
  );
}
