//! What is to be bought and why: the project that the Département is asked to validate.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { FieldGrid, TextArea, TextField } from "../../components/Field";
import { ComboBox, Select } from "../../components/Select";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import { readPrice, typedPrice } from "../../text/typed";
import type { PurchaseForm } from "../../wire/types";
import { NETWORKS } from "../equipment/words";
import { useRefusals } from "../profile/useRefusals";

/** A list that also offers « none »: an empty id cannot be a key. */
const NONE = "aucun";

const EMPTY: PurchaseForm = {
  id: null,
  title: "",
  kind: "",
  quantity: 1,
  supplier: "",
  amount_cents: null,
  reason: "",
  user_line: "",
};

interface ProjectDialogProps {
  /** Absent: a new one. */
  project?: PurchaseForm;
  isOpen: boolean;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

export function ProjectDialog({ isOpen, onClose, ...rest }: ProjectDialogProps) {
  return (
    <Dialog title={rest.project ? "Modifier l’achat" : "Préparer un achat"} isOpen={isOpen} onClose={onClose} wide>
      <ProjectForm onClose={onClose} {...rest} />
    </Dialog>
  );
}

function ProjectForm({ project, onClose, onSaved }: Omit<ProjectDialogProps, "isOpen">) {
  const [form, setForm] = useState(project ?? EMPTY);
  const [amount, setAmount] = useState(typedPrice(form.amount_cents));
  const [quantity, setQuantity] = useState(String(form.quantity));
  const choices = useCall("register_choices", {});
  const { form: element, errors, refuse, mend } = useRefusals();
  const save = useAct("purchase_save", { quiet: true });
  const change = (part: Partial<PurchaseForm>) => {
    setForm({ ...form, ...part });
    mend(Object.keys(part));
  };
  const submit = () => {
    const amount_cents = readPrice(amount);
    const count = /^\d{1,4}$/.test(quantity.trim()) ? Number(quantity) : 0;
    if (amount_cents === undefined || count === 0) {
      refuse({
        ...(amount_cents === undefined ? { amount_cents: "Écrivez un montant comme 1 250,00." } : {}),
        ...(count === 0 ? { quantity: "Écrivez un nombre, au moins 1." } : {}),
      });
      return;
    }
    save.mutate(
      { ...form, amount_cents, quantity: count },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: ({ id }) => {
          onClose();
          onSaved?.(id);
          say({ text: project ? "Achat modifié." : "Achat préparé." });
        },
      },
    );
  };
  const field = (name: "title" | "supplier" | "reason") => ({
    value: form[name],
    onChange: (text: string) => change({ [name]: text }),
    error: errors[name],
    autoComplete: "off",
  });
  return (
    <DialogForm
      ref={element}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={save.isPending}>
            {project ? "Enregistrer" : "Préparer l’achat"}
          </Button>
        </>
      }
    >
      {save.error && (save.error.field === null || !(save.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      <TextField
        label="Ce que vous voulez acheter"
        hint={fr`Exemple : dix tablettes pour le CDI.`}
        autoFocus
        {...field("title")}
      />
      <FieldGrid>
        <ComboBox
          label="Type"
          hint="Choisissez-le dans la liste, ou écrivez le vôtre."
          allowsCustomValue
          menuTrigger="input"
          options={(choices.data?.kinds ?? []).map((kind) => ({ id: kind, label: kind }))}
          inputValue={form.kind}
          onInputChange={(kind) => kind !== form.kind && change({ kind })}
          error={errors.kind}
        />
        <TextField
          label="Nombre"
          inputMode="numeric"
          value={quantity}
          onChange={(text) => {
            setQuantity(text);
            mend(["quantity"]);
          }}
          error={errors.quantity}
        />
        <TextField label="Fournisseur" optional {...field("supplier")} />
        <TextField
          label="Montant en euros"
          optional
          inputMode="decimal"
          value={amount}
          onChange={(text) => {
            setAmount(text);
            mend(["amount_cents"]);
          }}
          error={errors.amount_cents}
        />
        <Select
          label="Pour qui"
          optional
          hint={"Un utilisateur que la convention nomme\u202f: il décide du réseau."}
          options={[
            { id: NONE, label: "Personne en particulier" },
            ...(choices.data?.user_lines ?? []).map(({ label, perimeter }) => ({
              id: label,
              label,
              detail: fr`Réseau ${NETWORKS[perimeter]}`,
            })),
          ]}
          value={form.user_line || NONE}
          onChange={(line) => change({ user_line: line === NONE ? "" : line })}
          error={errors.user_line}
        />
      </FieldGrid>
      <TextArea
        label="Pourquoi"
        hint={"Ce que l’achat permettra\u202f: le Département le lira avec la demande de validation."}
        optional
        rows={3}
        {...field("reason")}
      />
    </DialogForm>
  );
}
