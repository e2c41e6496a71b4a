//! « Noter le retour »: when it came back and in what state; one that came back broken can be reported at once.
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Checkbox } from "../../components/Checkbox";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextArea, TextField } from "../../components/Field";
import { useNow } from "../../components/RelativeTime";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { LoanRow } from "../../wire/types";
import { pathTo } from "../frame/places";
import { useRefusals } from "../profile/useRefusals";
import { isoDay } from "./days";

interface ReturnDialogProps {
  loan: LoanRow;
  isOpen: boolean;
  onClose: () => void;
}

export function ReturnDialog({ loan, isOpen, onClose }: ReturnDialogProps) {
  return (
    <Dialog title="Noter le retour" isOpen={isOpen} onClose={onClose}>
      <ReturnForm loan={loan} onClose={onClose} />
    </Dialog>
  );
}

function ReturnForm({ loan, onClose }: Omit<ReturnDialogProps, "isOpen">) {
  const [, go] = useLocation();
  const now = useNow();
  const [on, setOn] = useState(shortDay(isoDay(now)));
  const [state_in, setState] = useState("");
  const [broken, setBroken] = useState(false);
  const { form, errors, refuse, mend } = useRefusals();
  const giveBack = useAct("loan_return", { quiet: true });
  const report = useAct("guide_start");

  const tell = () => {
    const text = fr`${loan.equipment} : retour noté.`;
    if (!broken) return say({ text });
    const start = () =>
      report.mutate(
        { text: state_in, answers: {}, equipment_id: loan.equipment_id },
        { onSuccess: ({ draft_id }) => go(pathTo.draft(draft_id)) },
      );
    say({ text, tone: "care", action: { label: "Signaler la panne", run: start } });
  };
  const submit = () => {
    const on_date = readDay(on);
    if (!on_date) return refuse({ on_date: "Écrivez la date comme 14/09/2027." });
    giveBack.mutate(
      { id: loan.id, on_date, state_in, broken },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: () => {
          onClose();
          tell();
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
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={giveBack.isPending}>
            Noter le retour
          </Button>
        </>
      }
    >
      {giveBack.error && (giveBack.error.field === null || !(giveBack.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(giveBack.error)}
        </Callout>
      )}
      <p>{fr`${loan.equipment}, prêté à ${loan.borrower} le ${shortDay(loan.from_on)}.`}</p>
      <TextField
        label="Rendu le"
        placeholder="JJ/MM/AAAA"
        value={on}
        onChange={(text) => {
          setOn(text);
          mend(["on_date"]);
        }}
        error={errors.on_date}
      />
      <TextArea
        label="État au retour"
        hint="Ce qui a changé, ce qui manque."
        optional
        autoFocus
        rows={2}
        value={state_in}
        onChange={(text) => {
          setState(text);
          mend(["state_in"]);
        }}
        error={errors.state_in}
      />
      <Checkbox isSelected={broken} onChange={setBroken}>
        Il est revenu en panne
      </Checkbox>
    </DialogForm>
  );
}
