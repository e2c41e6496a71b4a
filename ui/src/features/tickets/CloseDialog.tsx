//! Closing a dossier that nobody else keeps: how it ended, in one choice and a few words. Undone from the message.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextArea } from "../../components/Field";
import { RadioCards } from "../../components/RadioCards";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fr } from "../../text/fr";

const ENDS = [
  { id: "ferme", label: "C’est réglé" },
  { id: "annule", label: "Ce n’est plus nécessaire" },
] as const;
type End = (typeof ENDS)[number]["id"];

interface CloseDialogProps {
  ticketId: string;
  isOpen: boolean;
  onClose: () => void;
}

export function CloseDialog({ ticketId, isOpen, onClose }: CloseDialogProps) {
  return (
    <Dialog title="Fermer le dossier" isOpen={isOpen} onClose={onClose}>
      <CloseForm ticketId={ticketId} onClose={onClose} />
    </Dialog>
  );
}

function CloseForm({ ticketId, onClose }: Pick<CloseDialogProps, "ticketId" | "onClose">) {
  const [end, setEnd] = useState<End>("ferme");
  const [text, setText] = useState("");
  const close = useAct("ticket_close");
  const reopen = useAct("ticket_reopen");
  const save = () =>
    close.mutate(
      { id: ticketId, state: end, text },
      {
        onSuccess: () => {
          onClose();
          say({ text: "Dossier fermé.", action: { label: "Annuler", run: () => reopen.mutate({ id: ticketId }) } });
        },
      },
    );
  return (
    <DialogForm
      onSubmit={save}
      actions={
        <>
          <Button onPress={onClose}>Garder ouvert</Button>
          <Button type="submit" variant="primary" isPending={close.isPending}>
            Fermer le dossier
          </Button>
        </>
      }
    >
      <RadioCards
        label={fr`Comment cela s'est-il terminé ?`}
        options={ENDS}
        value={end}
        onChange={(id) => setEnd(ENDS.find((each) => each.id === id)?.id ?? end)}
        numbered={false}
      />
      <TextArea
        label="Ce qui a été fait"
        hint="Pour le retrouver si cela recommence."
        optional
        rows={3}
        value={text}
        onChange={setText}
      />
    </DialogForm>
  );
}
