//! Lending: which machines, to whom, until when, in what state they leave. Also changes a loan that runs (« Prolonger »).
//! Invariant: nothing is refused here but a day that is not one; who may have what is said by the application.
import { Monitor } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Chip } from "../../components/Chip";
import { Dialog, DialogForm } from "../../components/Dialog";
import { FieldGrid, TextArea, TextField } from "../../components/Field";
import { useNow } from "../../components/RelativeTime";
import { saySaved } from "../../components/Saved";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, plural, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { EquipmentPick, LoanView } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { type Borrower, BorrowerField } from "./BorrowerField";
import { dueAfter, isoDay, LENGTHS } from "./days";
import styles from "./Loans.module.css";
import { MachinePicker } from "./MachinePicker";

const NOT_A_DAY = "Écrivez la date comme 14/09/2027.";

interface LendDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Machines chosen before, in the list or on their record. */
  machines?: readonly EquipmentPick[];
  /** The loan to change, instead of a new one. */
  loan?: LoanView;
  onSaved?: (ids: readonly string[]) => void;
}

export function LendDialog({ isOpen, onClose, ...rest }: LendDialogProps) {
  return (
    <Dialog title={rest.loan ? "Modifier le prêt" : "Prêter"} isOpen={isOpen} onClose={onClose} wide>
      <LendForm onClose={onClose} {...rest} />
    </Dialog>
  );
}

function LendForm({ onClose, machines: chosen = [], loan, onSaved }: Omit<LendDialogProps, "isOpen">) {
  const now = useNow();
  const [machines, setMachines] = useState(chosen);
  const [borrower, setBorrower] = useState<Borrower>({
    name: loan?.row.borrower ?? "",
    contactId: loan?.row.contact_id ?? null,
  });
  const [from, setFrom] = useState(shortDay(loan?.row.from_on ?? isoDay(now)));
  const [due, setDue] = useState(loan?.row.due_on ? shortDay(loan.row.due_on) : "");
  const [words, setWords] = useState({
    state_out: loan?.state_out ?? "",
    accessories: loan?.accessories ?? "",
    notes: loan?.notes ?? "",
  });
  const { form, errors, refuse, mend } = useRefusals();
  const save = useAct("loan_save", { quiet: true });
  const paper = useAct("loan_form");

  const from_on = readDay(from);
  const due_on = readDay(due);
  const submit = () => {
    const first = from_on === null ? undefined : from_on;
    const wrong = {
      ...(!loan && machines.length === 0 ? { equipment_ids: "Choisissez au moins un équipement." } : {}),
      ...(first === undefined ? { from_on: NOT_A_DAY } : {}),
      ...(due_on === undefined ? { due_on: NOT_A_DAY } : {}),
    };
    if (!refuse(wrong) || first === undefined || due_on === undefined) return;
    const equipment_ids = loan ? [loan.row.equipment_id] : machines.map(({ id }) => id);
    save.mutate(
      {
        id: loan?.row.id ?? null,
        equipment_ids,
        contact_id: borrower.contactId,
        borrower: borrower.name,
        from_on: first,
        due_on,
        ...words,
      },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: ({ ids }) => {
          onClose();
          onSaved?.(ids);
          if (loan) return say({ text: "Prêt modifié." });
          const [only] = ids;
          say({
            text: fr`${plural(ids.length, "équipement prêté", "équipements prêtés")} à ${borrower.name}.`,
            ...(only !== undefined && ids.length === 1
              ? {
                  action: {
                    label: "Formulaire à signer",
                    run: () => paper.mutate({ id: only }, { onSuccess: saySaved }),
                  },
                }
              : {}),
          });
        },
      },
    );
  };
  const word = (name: keyof typeof words) => ({
    value: words[name],
    onChange: (text: string) => {
      setWords({ ...words, [name]: text });
      mend([name]);
    },
    error: errors[name],
    optional: true,
  });

  return (
    <DialogForm
      ref={form}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={save.isPending}>
            {loan ? "Enregistrer" : machines.length > 1 ? fr`Prêter ces ${machines.length} équipements` : "Prêter"}
          </Button>
        </>
      }
    >
      {save.error && (save.error.field === null || !(save.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      {loan ? (
        <p className={styles.subject}>
          <Monitor size={18} aria-hidden />
          {loan.row.equipment} <span className="mono">{loan.row.mark}</span>
        </p>
      ) : (
        <MachinePicker
          value={machines}
          onChange={(next) => {
            setMachines(next);
            mend(["equipment_ids"]);
          }}
          error={errors.equipment_ids}
        />
      )}
      <BorrowerField
        value={borrower}
        onChange={(next) => {
          setBorrower(next);
          mend(["borrower", "contact_id"]);
        }}
        error={errors.borrower ?? errors.contact_id}
      />
      <FieldGrid>
        <TextField
          label="Remis le"
          placeholder="JJ/MM/AAAA"
          value={from}
          onChange={(text) => {
            setFrom(text);
            mend(["from_on"]);
          }}
          error={errors.from_on}
        />
        <TextField
          label="À rendre le"
          placeholder="JJ/MM/AAAA"
          optional
          value={due}
          onChange={(text) => {
            setDue(text);
            mend(["due_on"]);
          }}
          error={errors.due_on}
        />
      </FieldGrid>
      <div role="group" aria-label="Durées habituelles" className={styles.lengths}>
        {LENGTHS.map(({ id, label }) => {
          const end = from_on ? dueAfter(from_on, id) : null;
          return (
            <Chip
              key={id}
              isDisabled={end === null}
              isSelected={end !== null && end === due_on}
              onChange={() => {
                setDue(end === null ? "" : shortDay(end));
                mend(["due_on"]);
              }}
            >
              {label}
            </Chip>
          );
        })}
        <Chip isSelected={due.trim() === ""} onChange={() => setDue("")}>
          Sans date
        </Chip>
      </div>
      <FieldGrid>
        <TextField
          label="État à la remise"
          hint={fr`Exemple : bon état, rayure sur le capot.`}
          {...word("state_out")}
        />
        <TextField label="Accessoires" hint={fr`Exemple : chargeur, souris, housse.`} {...word("accessories")} />
      </FieldGrid>
      <TextArea label="Notes" rows={2} {...word("notes")} />
    </DialogForm>
  );
}
