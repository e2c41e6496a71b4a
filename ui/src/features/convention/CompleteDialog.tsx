//! What the signed copy says of one cell: who is responsible, and on which page one can read it again.
//! Left out on purpose: who says it and when, which the application writes by itself.
import { useEffect, useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { partyFullName } from "../../components/PartyBadge";
import { RadioCards } from "../../components/RadioCards";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import type { BatchDone, Cell, Party, Service } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { splitLabel } from "./label";
import styles from "./Matrix.module.css";
import { activityName, SIDES, WRITABLE } from "./words";

interface CompleteDialogProps {
  service: Service;
  cell: Cell;
  isOpen: boolean;
  onClose: () => void;
  onDone: (done: BatchDone) => void;
}

export function CompleteDialog({ isOpen, onClose, ...rest }: CompleteDialogProps) {
  return (
    <Dialog title="Compléter d’après l’exemplaire signé" isOpen={isOpen} onClose={onClose} wide>
      <CompleteForm {...rest} onClose={onClose} />
    </Dialog>
  );
}

const OPTIONS = WRITABLE.map(({ id, ...rest }) => ({ id, label: partyFullName(id), ...rest }));

function CompleteForm({ service, cell, onClose, onDone }: Omit<CompleteDialogProps, "isOpen">) {
  const [party, setParty] = useState<Party | null>(cell.completed ? cell.party : null);
  const [page, setPage] = useState(cell.completed?.page ?? "");
  const { form, errors, refuse, mend } = useRefusals();
  const save = useAct("cell_complete", { quiet: true });
  // The answer is the first thing to give: the arrows choose it at once.
  useEffect(() => {
    const radios = [...(form.current?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])];
    (radios.find(({ checked }) => checked) ?? radios[0])?.focus();
  }, [form]);
  const submit = () => {
    const wrong = {
      ...(party === null ? { party: "Choisissez ce que dit l’exemplaire signé." } : {}),
      ...(page.trim() === "" ? { page: "Écrivez la page où on peut le relire." } : {}),
    };
    if (!refuse(wrong) || party === null) return;
    save.mutate(
      { place: { service: service.id, perimeter: cell.perimeter, activity: cell.activity }, party, page: page.trim() },
      {
        onSuccess: onDone,
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
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
          <Button type="submit" variant="primary" isPending={save.isPending}>
            {save.isPending ? "Enregistrement…" : "Compléter"}
          </Button>
        </>
      }
    >
      {save.error && save.error.field === null && (
        <Callout tone="bad" title="La case n’a pas été complétée" announce>
          {explain(save.error)}
        </Callout>
      )}
      <div>
        <p>
          <strong>{splitLabel(service.label, null).name}</strong>
        </p>
        <p className={styles.soft}>
          {activityName(cell.activity)}
          {cell.perimeter && `, ${SIDES[cell.perimeter].name.toLocaleLowerCase("fr-FR")}`}
        </p>
      </div>
      <RadioCards
        label={"Qui l’exemplaire signé désigne-t-il\u202f?"}
        options={OPTIONS}
        value={party}
        onChange={(id) => {
          setParty(OPTIONS.find((option) => option.id === id)?.id ?? null);
          mend(["party"]);
        }}
        error={errors.party}
        dense
        numbered={false}
      />
      <TextField
        label="Page de l’exemplaire signé"
        hint={"Pour que chacun puisse vérifier\u202f: «\u202f12\u202f», «\u202f12, feuille 3\u202f»."}
        value={page}
        onChange={(text) => {
          setPage(text);
          mend(["page"]);
        }}
        error={errors.page}
        autoComplete="off"
      />
      <p className={styles.soft}>
        Relais note aussi votre nom et la date d’aujourd’hui. Les demandes prennent aussitôt ce chemin, en disant sur
        quoi il repose.
      </p>
    </DialogForm>
  );
}
