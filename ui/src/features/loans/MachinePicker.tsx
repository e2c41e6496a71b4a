//! The machines of one act, found by typing or scanned one after the other, and taken off the list again.
//! Invariant: a machine stands there once; Enter on a code that only one machine carries adds it without choosing.
import { Monitor, X } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { IconButton } from "../../components/Button";
import { Row, Rows } from "../../components/Card";
import { ComboBox } from "../../components/Select";
import { useAct, useCall } from "../../data";
import { fr, plural, quote } from "../../text/fr";
import type { EquipmentPick } from "../../wire/types";
import { pickOf } from "../equipment/picks";
import styles from "./Loans.module.css";

interface MachinePickerProps {
  value: readonly EquipmentPick[];
  onChange: (machines: readonly EquipmentPick[]) => void;
  error: string | undefined;
}

export function MachinePicker({ value, onChange, error }: MachinePickerProps) {
  const [text, setText] = useState("");
  const [unknown, setUnknown] = useState<string | null>(null);
  const { data } = useCall("equipment_pick", { text });
  const byMark = useAct("equipment_by_mark");
  const show = useAct("equipment_show");
  const found = (data?.picks ?? []).filter(({ id }) => !value.some((each) => each.id === id));

  const add = (machine: EquipmentPick) => {
    if (!value.some(({ id }) => id === machine.id)) onChange([...value, machine]);
    setText("");
    setUnknown(null);
  };
  const scan = (mark: string) =>
    byMark.mutate(
      { mark },
      {
        onSuccess: ({ equipment_id }) => {
          // Not a whole mark: what was typed may still leave one machine only, or several to choose from.
          const [first, second] = found;
          if (equipment_id === null && first !== undefined) return second === undefined && add(first);
          if (equipment_id === null) return setUnknown(mark);
          show.mutate(
            { id: equipment_id },
            {
              onSuccess: ({ row }) => add(pickOf(row)),
            },
          );
        },
      },
    );
  const onKeyDown = (event: KeyboardEvent) => {
    const field = event.target;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || text.trim() === "") return;
    // An option walked to with the arrows is chosen by the list itself.
    if (field.getAttribute("aria-activedescendant")) return;
    event.preventDefault();
    event.stopPropagation();
    scan(text.trim());
  };

  return (
    <div className={styles.picker} onKeyDownCapture={onKeyDown}>
      <ComboBox
        label="Équipements"
        hint="Tapez quelques lettres, ou scannez les étiquettes l’une après l’autre."
        placeholder="Portable, salle, numéro de série ou d’inventaire"
        menuTrigger="input"
        allowsEmptyCollection={false}
        autoFocus={value.length === 0}
        found={found.map(({ id, label, detail }) => ({ id, label, detail }))}
        inputValue={text}
        onInputChange={(typed) => {
          setText(typed);
          setUnknown(null);
        }}
        selectedKey={null}
        onSelectionChange={(key) => {
          const machine = found.find(({ id }) => id === key);
          if (machine) add(machine);
        }}
        error={unknown === null ? error : fr`Rien au registre ne porte ${quote(unknown)}.`}
      />
      <p role="status" className={styles.soft}>
        {value.length > 0 && plural(value.length, "équipement choisi", "équipements choisis")}
      </p>
      {value.length > 0 && (
        <Rows label="Équipements choisis">
          {value.map(({ id, label, detail }) => (
            <Row
              key={id}
              icon={Monitor}
              title={label}
              meta={detail}
              aside={
                <IconButton
                  label={`Retirer ${label}`}
                  icon={X}
                  onPress={() => onChange(value.filter((each) => each.id !== id))}
                />
              }
            />
          ))}
        </Rows>
      )}
    </div>
  );
}
