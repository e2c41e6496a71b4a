//! Answers picked from the register: a machine found by typing or a whole room of them, a room from its list, or « not in
//! the register ».
//! Invariant: what is picked is an id, and its option stays in the list, so that its name stays in the field.
import { useState } from "react";
import { Checkbox } from "../../components/Checkbox";
import { ComboBox, type Option } from "../../components/Select";
import { Skeleton } from "../../components/Skeleton";
import { useCall } from "../../data";
import { matcher } from "../../text/fold";
import type { Choice, Room } from "../../wire/types";
import styles from "./Report.module.css";

/** How the guide names all the machines of a room. */
const WHOLE_ROOM = "salle:";

/** So many whole rooms stand before the machines: more would hide them. */
const ROOMS_SHOWN = 4;

interface PickerProps {
  /** The guide's own answers: what the register does not hold, and whole rooms. */
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string) => void;
  error: string | undefined;
}

function optionOf({ id, label, hint }: Choice): Option {
  return { id, label, detail: hint ?? undefined };
}

export function EquipmentPicker({ choices, value, onChange, error }: PickerProps) {
  const [text, setText] = useState("");
  const none = choices.find(({ id }) => !id.startsWith(WHOLE_ROOM));
  const rooms = choices.filter(({ id }) => id.startsWith(WHOLE_ROOM)).map(optionOf);
  const room = rooms.find(({ id }) => id === value);
  const [picked, setPicked] = useState<Option | null>(null);
  const { data } = useCall("equipment_pick", { text });
  // An answer given on another day: the register says its name again.
  const unnamed = value !== null && value !== "" && value !== none?.id && !room && picked?.id !== value;
  const { data: record, isPending } = useCall("equipment_show", { id: value ?? "" }, { when: unnamed });
  const named =
    unnamed && record ? { id: record.row.id, label: [record.row.kind, record.row.model].join(" ") } : (room ?? picked);
  const matches = matcher(text);
  const whole = text.trim() === "" ? [] : rooms.filter(({ label, detail }) => matches(label, detail ?? null));
  const found: Option[] = [...whole.slice(0, ROOMS_SHOWN), ...(data?.picks ?? [])];
  const missing = named !== null && named.id === value && !found.some(({ id }) => id === named.id);
  // A field that has the focus no longer takes the name of what is chosen: the name comes first.
  if (unnamed && isPending) return <Skeleton lines={2} />;
  return (
    <Picker
      label="Appareil"
      placeholder="Salle, marque, numéro de série ou d’inventaire"
      none={none}
      options={missing ? [...found, named] : found}
      name={named?.label ?? ""}
      onText={setText}
      value={value}
      onPick={(option) => {
        setPicked(option);
        onChange(option?.id ?? "");
      }}
      onChange={onChange}
      error={error}
    />
  );
}

function roomOption({ id, code, name, building, floor }: Room): Option {
  return {
    id,
    label: [code, name].filter(Boolean).join(" · "),
    detail: [building, floor].filter(Boolean).join(", "),
  };
}

export function RoomPicker({ choices, value, onChange, error }: PickerProps) {
  const [text, setText] = useState("");
  const { data } = useCall("register_choices", {});
  const rooms = (data?.rooms ?? []).map(roomOption);
  const chosen = rooms.find(({ id }) => id === value);
  if (!data) return <Skeleton lines={2} />;
  // The whole name of the chosen room is no search.
  const matches = matcher(text === chosen?.label ? "" : text);
  return (
    <Picker
      label="Salle"
      placeholder="Code ou nom de la salle"
      none={choices[0]}
      name={chosen?.label ?? ""}
      options={rooms.filter((room) => room === chosen || matches(room.label))}
      onText={setText}
      value={value}
      onPick={(option) => onChange(option?.id ?? "")}
      onChange={onChange}
      error={error}
    />
  );
}

interface RegisterPickerProps extends Omit<PickerProps, "choices"> {
  none: Choice | undefined;
  label: string;
  placeholder: string;
  /** Of what was chosen before this question was shown again. */
  name: string;
  options: readonly Option[];
  onText: (text: string) => void;
  onPick: (option: Option | null) => void;
}

function Picker(props: RegisterPickerProps) {
  const { label, placeholder, none, name, options, onText, value, onPick, onChange, error } = props;
  const isAbsent = none !== undefined && value === none.id;
  return (
    <div className={styles.picker}>
      <ComboBox
        label={label}
        placeholder={placeholder}
        error={error}
        menuTrigger="input"
        autoFocus
        defaultInputValue={name}
        found={options}
        onInputChange={onText}
        selectedKey={isAbsent || value === "" ? null : value}
        onSelectionChange={(key) => onPick(options.find(({ id }) => id === key) ?? null)}
      />
      {none && (
        <Checkbox isSelected={isAbsent} onChange={(on) => onChange(on ? none.id : "")}>
          {none.label}
        </Checkbox>
      )}
    </div>
  );
}
