//! One change on many machines: the fields one by one, then a sentence of what will change, then the act, undone in one
//! go by its message. Invariant: a field that was not chosen here is never touched.
import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button, IconButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { Select } from "../../components/Select";
import { useAct } from "../../data";
import { sayDone } from "../../data/batches";
import { explain } from "../../errors/table";
import { fr, plural } from "../../text/fr";
import type { BulkField, RegisterChoices } from "../../wire/types";
import styles from "./Bulk.module.css";
import { BulkValue } from "./BulkValue";
import { FIELD_NAMES, readValue, type Typed, typedOf, valueWords } from "./bulk";
import type { Chosen } from "./useChosen";

interface BulkDialogProps {
  isOpen: boolean;
  onClose: () => void;
  chosen: Chosen;
  choices: RegisterChoices | undefined;
}

export function BulkDialog({ isOpen, ...rest }: BulkDialogProps) {
  const count = rest.chosen.ids.length;
  return (
    <Dialog title={fr`Modifier ${plural(count, "équipement")}`} isOpen={isOpen} onClose={rest.onClose} wide>
      <BulkForm {...rest} />
    </Dialog>
  );
}

function BulkForm({ onClose, chosen, choices }: Omit<BulkDialogProps, "isOpen">) {
  const [changes, setChanges] = useState<readonly Typed[]>([]);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const act = useAct("equipment_bulk", { quiet: true });
  const left = (Object.keys(FIELD_NAMES) as BulkField[]).filter((id) => !changes.some(({ field }) => field === id));
  const count = chosen.ids.length;
  const isReady = changes.length > 0;

  // A field that comes takes the focus; one that goes gives it to the list of fields.
  const list = useRef<HTMLUListElement>(null);
  const shown = useRef(0);
  useEffect(() => {
    const [before, after] = [shown.current, changes.length];
    shown.current = after;
    if (before === after) return;
    const line = after > before ? list.current?.lastElementChild : list.current?.nextElementSibling;
    // The list just closed gives the focus back first, to a button that is gone.
    const frame = requestAnimationFrame(() => line?.querySelector<HTMLElement>("button, input, textarea")?.focus());
    return () => cancelAnimationFrame(frame);
  }, [changes.length]);

  const set = (field: BulkField, text: string) => {
    setChanges(changes.map((each) => (each.field === field ? { field, text } : each)));
    const { [field]: _, ...others } = refused;
    setRefused(others);
  };
  const submit = () => {
    const read = changes.map((change) => ({ change, value: readValue(change) }));
    const wrong = read.flatMap(({ change, value }) => ("error" in value ? [[change.field, value.error]] : []));
    setRefused(Object.fromEntries(wrong));
    if (wrong.length > 0 || !isReady) return;
    act.mutate(
      {
        ids: [...chosen.ids],
        changes: read.flatMap(({ change, value }) =>
          "value" in value ? [{ field: change.field, value: value.value }] : [],
        ),
      },
      {
        onError: ({ field, message }) => field !== null && setRefused({ [field]: message }),
        onSuccess: (done) => {
          onClose();
          sayDone(done);
        },
      },
    );
  };
  const isSaidAtField = act.error?.field != null && changes.some(({ field }) => field === act.error?.field);

  return (
    <DialogForm
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button variant="primary" type="submit" isDisabled={!isReady} isPending={act.isPending}>
            {fr`Modifier ${plural(count, "équipement")}`}
          </Button>
        </>
      }
    >
      {act.error && !isSaidAtField && (
        <Callout tone="bad" announce>
          {explain(act.error)}
        </Callout>
      )}
      {chosen.outside !== null && chosen.outside > 0 && (
        <Callout tone="care">
          {fr`${plural(chosen.outside, "équipement choisi n'est pas", "équipements choisis ne sont pas")} dans la liste affichée : ${chosen.outside < 2 ? "il sera modifié" : "ils seront modifiés"} aussi.`}
        </Callout>
      )}
      <ul ref={list} className={styles.changes}>
        {changes.map(({ field, text }) => (
          <li key={field} className={styles.change}>
            <BulkValue
              field={field}
              text={text}
              onChange={(next) => set(field, next)}
              error={refused[field]}
              choices={choices}
            />
            <IconButton
              label={`Ne pas changer ${FIELD_NAMES[field].toLocaleLowerCase("fr-FR")}`}
              icon={X}
              onPress={() => setChanges(changes.filter((each) => each.field !== field))}
            />
          </li>
        ))}
      </ul>
      {left.length > 0 && (
        <div className={styles.add}>
          <Select
            // Chosen, the field stands above: the list offers the others again.
            key={changes.length}
            label={isReady ? "Changer aussi" : "Que voulez-vous changer\u202f?"}
            options={left.map((id) => ({ id, label: FIELD_NAMES[id] }))}
            value={null}
            onChange={(field) => setChanges([...changes, typedOf(field)])}
          />
        </div>
      )}
      <p role="status" className={styles.sentence}>
        {isReady
          ? fr`${plural(count, "équipement")} : ${changes.map((change) => valueWords(change, choices)).join("\u202f; ")}.`
          : "Rien ne change tant qu’aucun champ n’est choisi."}
      </p>
    </DialogForm>
  );
}
