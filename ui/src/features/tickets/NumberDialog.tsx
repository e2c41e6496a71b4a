//! « J’ai le numéro » : the person types back what the portal gave, and the dossier is known to be there.
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";

interface NumberDialogProps {
  ticketId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function NumberDialog({ ticketId, isOpen, onClose }: NumberDialogProps) {
  return (
    <Dialog title="Le numéro donné par la plateforme" isOpen={isOpen} onClose={onClose}>
      <NumberForm ticketId={ticketId} onClose={onClose} />
    </Dialog>
  );
}

function NumberForm({ ticketId, onClose }: Pick<NumberDialogProps, "ticketId" | "onClose">) {
  const [text, setText] = useState("");
  const set = useAct("ticket_set_number", { quiet: true });
  return (
    <Form
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(
          { id: ticketId, number: text },
          {
            onSuccess: ({ row }) => {
              onClose();
              say({ text: `Numéro enregistré\u202f: ${row.number ?? text}` });
            },
          },
        );
      }}
    >
      <TextField
        label="Numéro de dossier"
        hint="Tel que le portail l’affiche, par exemple INC000000481350."
        value={text}
        onChange={setText}
        error={set.error?.message}
        autoComplete="off"
        autoFocus
        mono
      />
      <DialogButtons>
        <Button onPress={onClose}>Annuler</Button>
        <Button type="submit" variant="primary" isPending={set.isPending} isDisabled={text.trim() === ""}>
          Enregistrer le numéro
        </Button>
      </DialogButtons>
    </Form>
  );
}
