//! To whom: a person of the contacts, or a name written out (a pupil, a teacher passing through).
//! Invariant: the name is always there as written; the contact goes with it only while the name is still his.
import { useState } from "react";
import { ComboBox } from "../../components/Select";
import { useCall } from "../../data";
import { nameOf, ROLES } from "../contacts/words";

export interface Borrower {
  name: string;
  contactId: string | null;
}

interface BorrowerFieldProps {
  value: Borrower;
  onChange: (borrower: Borrower) => void;
  error: string | undefined;
}

export function BorrowerField({ value, onChange, error }: BorrowerFieldProps) {
  // A name that is already chosen is no search: opening the list again shows everybody.
  const [typed, setTyped] = useState("");
  const { data } = useCall("contact_list", { text: typed, with_departed: false });
  const people = (data?.groups ?? []).flatMap(({ contacts }) => contacts);
  return (
    <ComboBox
      label={"Prêté à"}
      hint="Un contact, ou un nom écrit librement."
      allowsCustomValue
      allowsEmptyCollection={false}
      menuTrigger="input"
      found={people.map((contact) => ({
        id: contact.id,
        label: nameOf(contact),
        detail: [contact.title || ROLES[contact.role].name, contact.organisation].filter(Boolean).join(" · "),
      }))}
      inputValue={value.name}
      onInputChange={(name) => {
        if (name === value.name) return;
        setTyped(name);
        onChange({ name, contactId: null });
      }}
      onSelectionChange={(key) => {
        const person = people.find(({ id }) => id === key);
        if (!person) return;
        setTyped("");
        onChange({ name: nameOf(person), contactId: person.id });
      }}
      error={error}
      isRequired
    />
  );
}
