//! The machines of one act, found by typing or scanned one after the other, and taken off the list again.
//! Invariant: a machine stands there once; Enter on a code that only one machine carries adds it without choosing.
import { Monitor, X } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { IconButton } from "../../components/Button";
import { Row, Rows } from "../../components/Card";
import { ComboBox } from "../../components/Select";
import { say } from "../../components/Toast";
import { useCall } from "../../data";
import { explain } from "../../errors/table";
import { call } from "../../host";
import { fr, plural, quote } from "../../text/fr";
import type { EquipmentPick, WireError } from "../../wire/types";
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
  const { data, isPlaceholderData } = useCall("equipment_pick", { text });
  const found = (data?.picks ?? []).filter(({ id }) => !value.some((each) => each.id === id));
  // A scanner may send the next code before the first is found: each one adds to the list as it then is.
  const latest = useRef(value);
  latest.current = value;

  const add = (machine: EquipmentPick) => {
    if (latest.current.some(({ id }) => id === machine.id)) return;
    latest.current = [...latest.current, machine];
    onChange(latest.current);
  };
  /** `alone`: the only machine that answers to these words, when they are not the whole of a mark. */
  const scan = async (mark: string, alone: EquipmentPick | undefined) => {
    try {
      const { equipment_id } = await call("equipment_by_mark", { mark });
      if (equipment_id !== null) add(pickOf((await call("equipment_show", { id: equipment_id })).row));
      else if (alone) add(alone);
      else setUnknown(mark);
    } catch (cause) {
      say({ text: explain(cause as WireError), tone: "bad" });
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const field = event.target;
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || text.trim() === "") return;
    // An option walked to with the arrows is chosen by the list itself.
    if (field.getAttribute("aria-activedescendant")) return;
    event.preventDefault();
    event.stopPropagation();
    // What was found for the words before these says nothing of them.
    void scan(text.trim(), isPlaceholderData || found.length !== 1 ? undefined : found[0]);
    setText("");
    setUnknown(null);
  };

  const refusal = unknown === null ? error : fr`Rien au registre ne porte ${quote(unknown)}.`;
  return (
    <div className={styles.picker} onKeyDownCapture={onKeyDown}>
      <ComboBox
        label="Équipements"
        hint="Tapez quelques lettres, ou scannez les étiquettes l’une après l’autre."
        placeholder="Portable, salle, numéro de série ou d’inventaire"
        menuTrigger="input"
        allowsEmptyCollection={false}
        autoFocus={value.length === 0}
        // Nothing is proposed before something is typed: after a scan, what was added or refused stays in sight.
        found={text.trim() === "" ? [] : found.map(({ id, label, detail }) => ({ id, label, detail }))}
        inputValue={text}
        onInputChange={(typed) => {
          setText(typed);
          if (typed !== "") setUnknown(null);
        }}
        selectedKey={null}
        onSelectionChange={(key) => {
          const machine = found.find(({ id }) => id === key);
          if (!machine) return;
          add(machine);
          setText("");
        }}
        error={refusal}
      />
      <p role="status" className={styles.soft}>
        {value.length > 0 && plural(value.length, "équipement choisi", "équipements choisis")}
        {unknown !== null && <span className="visually-hidden"> {refusal}</span>}
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
