//! « J’ai le numéro » : the person types back what the portal gave, and the dossier is known to be there.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fr } from "../../text/fr";
import { useRefusals } from "../profile/useRefusals";

interface NumberDialogProps {
  ticketId: string;
  isOpen: boolean;
  onClose: () => void;
  onSaved: () => void;
}

export function NumberDialog({ ticketId, isOpen, onClose, onSaved }: NumberDialogProps) {
  return (
    <Dialog title="Le numéro donné par la plateforme" isOpen={isOpen} onClose={onClose}>
      <NumberForm ticketId={ticketId} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  );
}

function NumberForm({ ticketId, onClose, onSaved }: Omit<NumberDialogProps, "isOpen">) {
  const [text, setText] = useState("");
  const { form, errors, refuse, mend } = useRefusals();
  const set = useAct("ticket_set_number", { quiet: true });
  const save = () =>
    set.mutate(
      { id: ticketId, number: text },
      {
        onError: ({ message }) => refuse({ number: message }),
        onSuccess: ({ row }) => {
          onClose();
          onSaved();
          say({ text: fr`Numéro enregistré : ${row.number ?? text}.` });
        },
      },
    );
  return (
    <DialogForm
      ref={form}
      onSubmit={save}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={set.isPending} isDisabled={text.trim() === ""}>
            Enregistrer le numéro
          </Button>
        </>
      }
    >
      <TextField
        label="Numéro du dossier"
        hint="Tel que le portail l’affiche, par exemple INC000000481350."
        value={text}
        onChange={(typed) => {
          setText(typed);
          mend(["number"]);
        }}
        error={errors.number}
        autoComplete="off"
        autoFocus
        mono
      />
    </DialogForm>
  );
}
