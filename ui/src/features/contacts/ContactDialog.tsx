//! Adding a contact or changing one.
//! Invariant: nothing is refused here but a date that is not one; the rest is checked where it is kept.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { FieldGrid, TextArea, TextField } from "../../components/Field";
import { Select } from "../../components/Select";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { Contact, ContactForm, ContactRole } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { ServicePicker } from "./ServicePicker";
import { isRole, nameOf, ROLES } from "./words";

const ROLE_OPTIONS = Object.entries(ROLES).flatMap(([id, { name }]) => (isRole(id) ? [{ id, label: name }] : []));
const NOT_A_DAY = "Écrivez la date comme 14/09/2027.";

const EMPTY: ContactForm = {
  id: null,
  first_name: "",
  last_name: "",
  role: "dsi",
  organisation: "",
  title: "",
  phone: "",
  email: "",
  hours: "",
  call_for: "",
  contract: "",
  services: [],
  arrived_on: null,
  left_on: null,
};

interface ContactDialogProps {
  /** Absent: a new one. */
  contact: Contact | null;
  isOpen: boolean;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function ContactDialog({ contact, isOpen, onClose, onSaved }: ContactDialogProps) {
  return (
    <Dialog
      title={contact ? fr`Modifier ${nameOf(contact)}` : "Ajouter un contact"}
      isOpen={isOpen}
      onClose={onClose}
      wide
    >
      <ContactFields contact={contact} onClose={onClose} onSaved={onSaved} />
    </Dialog>
  );
}

function ContactFields({ contact, onClose, onSaved }: Omit<ContactDialogProps, "isOpen">) {
  const [form, setForm] = useState<ContactForm>(contact ?? EMPTY);
  const [role, setRole] = useState<ContactRole | null>(contact?.role ?? null);
  const [arrived, setArrived] = useState(contact?.arrived_on ? shortDay(contact.arrived_on) : "");
  const [left, setLeft] = useState(contact?.left_on ? shortDay(contact.left_on) : "");
  const { form: formRef, errors, refuse, mend } = useRefusals();
  const save = useAct("contact_save", { quiet: true });
  const change = (part: Partial<ContactForm>) => {
    setForm({ ...form, ...part });
    mend(Object.keys(part));
  };
  const submit = () => {
    const arrived_on = readDay(arrived);
    const left_on = readDay(left);
    if (role === null || arrived_on === undefined || left_on === undefined) {
      refuse({
        ...(role === null ? { role: "Choisissez pour qui cette personne travaille." } : {}),
        ...(arrived_on === undefined ? { arrived_on: NOT_A_DAY } : {}),
        ...(left_on === undefined ? { left_on: NOT_A_DAY } : {}),
      });
      return;
    }
    save.mutate(
      { ...form, role, arrived_on, left_on },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: ({ id }) => {
          onClose();
          onSaved(id);
          say({ text: contact ? "Contact modifié." : "Contact ajouté." });
        },
      },
    );
  };
  const field = (
    name: "first_name" | "last_name" | "organisation" | "title" | "phone" | "email" | "hours" | "contract",
  ) => ({
    value: form[name],
    onChange: (text: string) => change({ [name]: text }),
    error: errors[name],
    autoComplete: "off",
  });
  return (
    <DialogForm
      ref={formRef}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={save.isPending}>
            {contact ? "Enregistrer" : "Ajouter"}
          </Button>
        </>
      }
    >
      {save.error && save.error.field === null && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      <FieldGrid>
        <TextField label="Prénom" optional autoFocus {...field("first_name")} />
        <TextField
          label="Nom"
          hint={fr`Ou seulement l'organisme, pour un service à appeler.`}
          {...field("last_name")}
        />
        <Select
          label="Rôle"
          options={ROLE_OPTIONS}
          value={role}
          onChange={(next) => {
            setRole(next);
            mend(["role"]);
          }}
          error={errors.role}
        />
        <TextField label="Organisme" optional {...field("organisation")} />
        <TextField label="Fonction" optional {...field("title")} />
        <TextField label="Téléphone" type="tel" optional {...field("phone")} />
        <TextField label="Courriel" type="email" optional {...field("email")} />
        <TextField label="Horaires" optional {...field("hours")} />
        <TextField
          label="Numéro de contrat ou de client"
          hint="Demandé quand on appelle un éditeur ou un prestataire."
          optional
          {...field("contract")}
        />
      </FieldGrid>
      <TextArea
        label="À appeler pour"
        hint={fr`Avec vos mots : « une panne de copieur, une commande de toner ».`}
        optional
        rows={2}
        value={form.call_for}
        onChange={(call_for) => change({ call_for })}
        error={errors.call_for}
      />
      <ServicePicker value={form.services} onChange={(services) => change({ services })} error={errors.services} />
      <FieldGrid>
        <TextField
          label="Arrivée le"
          placeholder="JJ/MM/AAAA"
          optional
          value={arrived}
          onChange={(text) => {
            setArrived(text);
            mend(["arrived_on"]);
          }}
          error={errors.arrived_on}
        />
        <TextField
          label="Départ le"
          placeholder="JJ/MM/AAAA"
          optional
          value={left}
          onChange={(text) => {
            setLeft(text);
            mend(["left_on"]);
          }}
          error={errors.left_on}
        />
      </FieldGrid>
    </DialogForm>
  );
}
