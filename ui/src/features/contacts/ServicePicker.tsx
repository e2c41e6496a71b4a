//! The services of the convention a contact looks after: typed to be found, and removed one by one.
import { X } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../../components/Button";
import { ComboBox } from "../../components/Select";
import { useCall } from "../../data";
import { matcher } from "../../text/fold";
import { fr } from "../../text/fr";
import { splitLabel } from "../convention/label";
import styles from "./Contacts.module.css";

interface ServicePickerProps {
  value: readonly string[];
  onChange: (ids: string[]) => void;
  error: string | undefined;
}

export function ServicePicker({ value, onChange, error }: ServicePickerProps) {
  const [text, setText] = useState("");
  const convention = useCall("convention", {});
  const services = (convention.data?.families ?? []).flatMap((family) =>
    family.services.map(({ id, label, explanation }) => {
      const { name, rest } = splitLabel(label, explanation);
      return { id, label: name, detail: rest || undefined };
    }),
  );
  const matches = matcher(text);
  const chosen = services.filter(({ id }) => value.includes(id));
  return (
    <div className={styles.picker}>
      <ComboBox
        label="Services de la convention"
        hint="Tapez un mot, puis choisissez dans la liste."
        placeholder="Imprimantes, Pronote, réseau…"
        optional
        error={error}
        found={services.filter(({ id, label, detail }) => !value.includes(id) && matches(label, detail ?? null))}
        inputValue={text}
        onInputChange={setText}
        selectedKey={null}
        onSelectionChange={(key) => {
          if (typeof key === "string") onChange([...value, key]);
          setText("");
        }}
      />
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label="Services choisis">
          {chosen.map(({ id, label, detail }) => (
            <li key={id}>
              <span>
                {label}
                {detail && <span className={styles.rest}>{detail}</span>}
              </span>
              <IconButton
                label={fr`Retirer ${label}`}
                icon={X}
                onPress={() => onChange(value.filter((each) => each !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
