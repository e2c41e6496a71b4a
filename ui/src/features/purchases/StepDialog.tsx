//! One step of a purchase: its day, a note, the paper that goes with it. A step that leaves as a dossier says so first.
import { Send } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextArea, TextField } from "../../components/Field";
import { useNow } from "../../components/RelativeTime";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { NextStep, PurchaseView, TakenFile } from "../../wire/types";
import { kindName } from "../documents/Documents";
import { isoDay } from "../loans/days";
import { useRefusals } from "../profile/useRefusals";
import { Joined } from "./Joined";

interface StepDialogProps {
  purchase: PurchaseView;
  /** The step taken; absent, the dialog is closed. */
  step: NextStep | null;
  onClose: () => void;
}

export function StepDialog({ purchase, step, onClose }: StepDialogProps) {
  return (
    <Dialog title={step?.label ?? ""} isOpen={step !== null} onClose={onClose}>
      {step && <StepForm purchase={purchase} step={step} onClose={onClose} />}
    </Dialog>
  );
}

function StepForm({ purchase, step, onClose }: StepDialogProps & { step: NextStep }) {
  const [, go] = useLocation();
  const now = useNow();
  const [on, setOn] = useState(shortDay(isoDay(now)));
  const [note, setNote] = useState("");
  const [file, setFile] = useState<TakenFile | null>(null);
  const { form, errors, refuse, mend } = useRefusals();
  const take = useAct("purchase_step", { quiet: true });
  const unstep = useAct("purchase_unstep");
  const forget = useAct("file_drop", { quiet: true });
  const id = purchase.row.id;

  const close = () => {
    if (file) forget.mutate({ id: file.id });
    onClose();
  };
  const submit = () => {
    const on_date = readDay(on);
    if (!on_date) return refuse({ on_date: "Écrivez la date comme 14/09/2027." });
    take.mutate(
      { purchase_id: id, state: step.state, on_date, note, file_id: file?.id ?? null },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: ({ row, can_undo }) => {
          onClose();
          if (step.leaves) {
            return say({
              text: fr`${row.state_label} : le dossier est en file d'envoi.`,
              action: { label: "Voir les envois", run: () => go("/envois") },
            });
          }
          say({
            text: fr`Étape notée : ${row.state_label}.`,
            ...(can_undo ? { action: { label: "Annuler", run: () => unstep.mutate({ id }) } } : {}),
          });
        },
      },
    );
  };
  return (
    <DialogForm
      ref={form}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={close}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={take.isPending} {...(step.leaves ? { icon: Send } : {})}>
            {step.leaves ? "Mettre en file d’envoi" : "Noter l’étape"}
          </Button>
        </>
      }
    >
      {take.error && (take.error.field === null || !(take.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(take.error)}
        </Callout>
      )}
      {step.leaves && (
        <Callout tone="info" title="Cette étape part comme dossier">
          Relais écrit la demande au Département et l’envoie par la plateforme d’assistance, dès que le réseau le
          permet. Vous la suivrez dans Dossiers.
        </Callout>
      )}
      <TextField
        label="Date"
        placeholder="JJ/MM/AAAA"
        value={on}
        onChange={(text) => {
          setOn(text);
          mend(["on_date"]);
        }}
        error={errors.on_date}
      />
      <TextArea
        label={step.leaves ? "À dire au Département" : "Note"}
        optional
        autoFocus
        rows={3}
        value={note}
        onChange={(text) => {
          setNote(text);
          mend(["note"]);
        }}
        error={errors.note}
      />
      <Joined
        label={step.document ? kindName(step.document) : "Document"}
        file={file}
        onFile={setFile}
        error={errors.file_id}
      />
    </DialogForm>
  );
}
