//! The control of one field changed on many machines: a list where the values are known, a line elsewhere.
import { TextArea, TextField } from "../../components/Field";
import { ComboBox, type Option, Select } from "../../components/Select";
import type { BulkField, RegisterChoices } from "../../wire/types";
import { FIELD_NAMES } from "./bulk";
import { roomName } from "./Facts";
import { FAMILIES, FUNDINGS, STATES } from "./words";

/** A list that also offers « none »: an empty id cannot be a key. */
const NONE = "aucun";

interface BulkValueProps {
  field: BulkField;
  text: string | null;
  onChange: (text: string) => void;
  error: string | undefined;
  choices: RegisterChoices | undefined;
}

export function BulkValue({ field, text, onChange, error, choices }: BulkValueProps) {
  const label = FIELD_NAMES[field];
  const options = optionsOf(field, choices);
  if (options) {
    return (
      <Select
        label={label}
        options={options}
        value={text === "" ? NONE : text}
        onChange={(id) => onChange(id === NONE ? "" : id)}
        error={error}
      />
    );
  }
  const typed = text ?? "";
  if (field === "type") {
    return (
      <ComboBox
        label={label}
        hint="Choisissez-le dans la liste, ou écrivez le vôtre."
        allowsCustomValue
        menuTrigger="input"
        options={(choices?.kinds ?? []).map((kind) => ({ id: kind, label: kind }))}
        inputValue={typed}
        onInputChange={(kind) => kind !== typed && onChange(kind)}
        error={error}
      />
    );
  }
  if (field === "notes") {
    return (
      <TextArea
        label={label}
        rows={2}
        hint="Ce texte remplace les notes de chaque équipement."
        value={typed}
        onChange={onChange}
        error={error}
      />
    );
  }
  const isDay = field === "achat" || field === "garantie";
  return (
    <TextField
      label={label}
      hint={isDay ? "Jour, mois, année\u202f: 14/09/2027. Vide, la date est effacée." : "Vide, le champ est effacé."}
      mono={field === "commande" || field === "facture"}
      value={typed}
      onChange={onChange}
      error={error}
    />
  );
}

function optionsOf(field: BulkField, choices: RegisterChoices | undefined): Option[] | null {
  if (field === "salle") {
    return [
      { id: NONE, label: "Sans salle" },
      ...(choices?.rooms ?? []).map((room) => ({ id: room.id, label: roomName(room.code, room) ?? room.code })),
    ];
  }
  if (field === "utilisateur") {
    const lines = (choices?.user_lines ?? []).map((line) => ({ id: line.label, label: line.label }));
    return [{ id: NONE, label: "Personne en particulier" }, ...lines];
  }
  if (field === "etat") return Object.entries(STATES).map(([id, { name }]) => ({ id, label: name }));
  if (field === "financement") return Object.entries(FUNDINGS).map(([id, label]) => ({ id, label }));
  if (field === "famille") return Object.entries(FAMILIES).map(([id, label]) => ({ id, label }));
  if (field === "validation") {
    return [
      { id: "oui", label: "Oui" },
      { id: "non", label: "Non" },
    ];
  }
  return null;
}
