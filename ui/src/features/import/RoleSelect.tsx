//! The role of the contacts whose row does not say it: asked for when no column does, never guessed.
import { Select } from "../../components/Select";
import type { ContactRole, NamedValue } from "../../wire/types";

interface RoleSelectProps {
  roles: readonly NamedValue[];
  /** No column says it. */
  asked: boolean;
  value: ContactRole | null;
  error: string | undefined;
  onChange: (role: ContactRole | null) => void;
}

const NONE = "aucun";

export function RoleSelect({ roles, asked, value, error, onChange }: RoleSelectProps) {
  const named = roles.map(({ value: id, label }) => ({ id: id as ContactRole, label }));
  return (
    <Select<ContactRole | typeof NONE>
      label="Rôle des nouveaux contacts"
      hint={asked ? "Le fichier ne le dit pas." : "Là où la cellule du rôle est vide."}
      optional={!asked}
      options={asked ? named : [{ id: NONE, label: "Refuser ces lignes" }, ...named]}
      value={value ?? (asked ? null : NONE)}
      onChange={(role) => onChange(role === NONE ? null : role)}
      error={error}
    />
  );
}
