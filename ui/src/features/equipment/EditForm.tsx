//! The record as a form: three groups, the same as on the page, so that a field is found where it was read.
import { Plus } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Checkbox } from "../../components/Checkbox";
import { FieldGrid, TextArea, TextField } from "../../components/Field";
import { ComboBox, type Option, Select } from "../../components/Select";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import type { EquipmentForm, RegisterChoices } from "../../wire/types";
import { useFirstError } from "../profile/useFirstError";
import { type Draft, draftOf, type FieldErrors, formOf, giveUp, keepUnfinished, unfinishedOf } from "./draft";
import { roomName } from "./Facts";
import styles from "./Record.module.css";
import { RoomDialog } from "./RoomDialog";
import { FAMILIES, FUNDINGS, NETWORKS, STATES } from "./words";

interface EditFormProps {
  form: EquipmentForm;
  choices: RegisterChoices | undefined;
  submit: string;
  onSaved: (id: string) => void;
  onCancel: () => void;
}

/** A list that also offers « none »: an empty id cannot be a key. */
const NONE = "aucun";

function optionsOf<Id extends string>(words: Record<Id, string>): Option<Id>[] {
  return (Object.keys(words) as Id[]).map((id) => ({ id, label: words[id] }));
}

const STATE_OPTIONS = (Object.keys(STATES) as EquipmentForm["state"][]).map((id) => ({ id, label: STATES[id].name }));

export function EditForm({ form, choices, submit, onSaved, onCancel }: EditFormProps) {
  const [draft, setDraft] = useState(() => unfinishedOf(form.id) ?? draftOf(form));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [roomOpen, setRoomOpen] = useState(false);
  const save = useAct("equipment_save", { quiet: true });
  const element = useFirstError(errors);

  const set = (part: Partial<Draft>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    keepUnfinished(next);
  };
  const onSubmit = () => {
    const read = formOf(draft);
    if ("errors" in read) return setErrors(read.errors);
    setErrors({});
    save.mutate(read.form, {
      onError: ({ field, message }) => field && setErrors({ [field]: message }),
      onSuccess: ({ id }) => {
        giveUp(form.id);
        onSaved(id);
      },
    });
  };
  const text = (field: keyof Draft & TextName, label: string, more: { mono?: boolean; hint?: string } = {}) => (
    <TextField
      label={label}
      optional
      value={draft[field]}
      onChange={(value) => set({ [field]: value })}
      error={errors[field]}
      {...more}
    />
  );

  return (
    <Form
      ref={element}
      className={styles.form ?? ""}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {save.error && !save.error.field && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      <Card title="L’appareil">
        <FieldGrid>
          <ComboBox
            label="Type"
            hint="Choisissez-le dans la liste, ou écrivez le vôtre."
            allowsCustomValue
            menuTrigger="input"
            options={(choices?.kinds ?? []).map((kind) => ({ id: kind, label: kind }))}
            inputValue={draft.kind}
            onInputChange={(kind) => kind !== draft.kind && set({ kind })}
            error={errors.kind}
            isRequired
          />
          <Select
            label="Famille"
            hint="Elle choisit les questions posées en cas de panne."
            options={optionsOf(FAMILIES)}
            value={draft.family}
            onChange={(family) => set({ family })}
            error={errors.family}
          />
          {text("brand", "Marque")}
          {text("model", "Modèle")}
          {text("serial", "Numéro de série", { mono: true, hint: "Sur l’étiquette de l’appareil." })}
          {text("inventory_number", "Numéro d’inventaire", { mono: true })}
          {text("host_name", "Nom sur le réseau", { mono: true })}
          {text("ip", "Adresse IP", { mono: true })}
          {text("mac", "Adresse MAC", { mono: true })}
        </FieldGrid>
      </Card>
      <Card title="Où, et pour qui">
        <FieldGrid>
          <Select
            label="État"
            options={STATE_OPTIONS}
            value={draft.state}
            onChange={(state) => set({ state })}
            error={errors.state}
          />
          <div className={styles.withAction}>
            <Select
              label="Salle"
              optional
              options={[
                { id: NONE, label: "Sans salle" },
                ...(choices?.rooms ?? []).map((room) => ({
                  id: room.id,
                  label: roomName(room.code, room) ?? room.code,
                })),
              ]}
              value={draft.room_id ?? NONE}
              onChange={(id) => set({ room_id: id === NONE ? null : id })}
              error={errors.room_id}
            />
            <Button variant="quiet" size="small" icon={Plus} onPress={() => setRoomOpen(true)}>
              Ajouter une salle
            </Button>
          </div>
          <Select
            label="Utilisé par"
            optional
            hint={"Un utilisateur que la convention nomme\u202f: il décide du réseau, donc de qui dépanne."}
            options={[
              { id: NONE, label: "Personne en particulier" },
              ...(choices?.user_lines ?? []).map(({ label, perimeter }) => ({
                id: label,
                label,
                detail: fr`Réseau ${NETWORKS[perimeter]}`,
              })),
            ]}
            value={draft.user_line || NONE}
            onChange={(line) => set({ user_line: line === NONE ? "" : line })}
            error={errors.user_line}
          />
        </FieldGrid>
        <TextArea label="Notes" optional rows={3} value={draft.notes} onChange={(notes) => set({ notes })} />
      </Card>
      <Card title="Achat et garantie">
        <FieldGrid>
          <Select
            label="Payé par"
            options={optionsOf(FUNDINGS)}
            value={draft.funding}
            onChange={(funding) => set({ funding })}
            error={errors.funding}
          />
          {text("bought_on", "Acheté le", { hint: "Jour, mois, année\u202f: 14/09/2027" })}
          {text("price_cents", "Prix en euros")}
          {text("order_ref", "Bon de commande", { mono: true })}
          {text("invoice_ref", "Facture", { mono: true })}
          {text("warranty_on", "Garantie jusqu’au", { hint: "Jour, mois, année\u202f: 14/09/2027" })}
          {text("warranty_kind", "Genre de garantie", { hint: "Sur site, retour en atelier, location…" })}
        </FieldGrid>
        {draft.funding === "fonds-propres" && (
          <Checkbox isSelected={draft.validated} onChange={(validated) => set({ validated })}>
            Le Département a validé cet achat et l’a enregistré dans son inventaire
          </Checkbox>
        )}
      </Card>
      <div className={styles.buttons}>
        <Button
          onPress={() => {
            giveUp(form.id);
            onCancel();
          }}
        >
          Annuler
        </Button>
        <Button variant="primary" type="submit" isPending={save.isPending}>
          {submit}
        </Button>
      </div>
      <RoomDialog isOpen={roomOpen} onClose={() => setRoomOpen(false)} onSaved={(id) => set({ room_id: id })} />
    </Form>
  );
}

/** The fields of a draft that are one line of text. */
type TextName = {
  [Name in keyof Draft]: Draft[Name] extends string ? (string extends Draft[Name] ? Name : never) : never;
}[keyof Draft];
