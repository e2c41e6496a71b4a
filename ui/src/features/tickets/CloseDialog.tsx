//! Closing a dossier that nobody else keeps: how it ended, in one choice and a few words. Undone from the message.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextArea } from "../../components/Field";
import { RadioCards } from "../../components/RadioCards";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { agree, fr, plural } from "../../text/fr";
import type { Task } from "../../wire/types";

const ENDS = [
  { id: "ferme", label: "C’est réglé" },
  { id: "annule", label: "Ce n’est plus nécessaire" },
] as const;
type End = (typeof ENDS)[number]["id"];

interface CloseDialogProps {
  ticketId: string;
  tasks: readonly Task[];
  isOpen: boolean;
  onClose: () => void;
}

export function CloseDialog({ isOpen, ...form }: CloseDialogProps) {
  return (
    <Dialog title="Fermer le dossier" isOpen={isOpen} onClose={form.onClose}>
      <CloseForm {...form} />
    </Dialog>
  );
}

function CloseForm({ ticketId, tasks, onClose }: Omit<CloseDialogProps, "isOpen">) {
  const left = tasks.filter(({ done_at_ms }) => done_at_ms === null).length;
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
      {left > 0 && (
        <Callout tone="care">
          {fr`${plural(left, "étape")} de la liste ${agree(left, "n’est", "ne sont")} pas ${agree(left, "cochée")}. Le dossier peut être fermé quand même.`}
        </Callout>
      )}
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
