//! A room that is not in the list yet, added without leaving the record.
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog } from "../../components/Dialog";
import { FieldGrid, TextField } from "../../components/Field";
import { useAct } from "../../data";
import { explain, fieldError } from "../../errors/table";
import type { RoomForm } from "../../wire/types";

const EMPTY: RoomForm = { id: null, code: "", name: "", building: "", floor: "", usage: "" };

interface RoomDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onSaved: (id: string) => void;
}

export function RoomDialog({ isOpen, onClose, onSaved }: RoomDialogProps) {
  const [form, setForm] = useState(EMPTY);
  const save = useAct("room_save", { quiet: true });
  const set = (part: Partial<RoomForm>) => setForm({ ...form, ...part });
  const close = () => {
    setForm(EMPTY);
    save.reset();
    onClose();
  };
  const submit = () =>
    save.mutate(form, {
      onSuccess: ({ id }) => {
        onSaved(id);
        close();
      },
    });
  return (
    <Dialog
      title="Ajouter une salle"
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>Annuler</Button>
          <Button variant="primary" type="submit" form="nouvelle-salle" isPending={save.isPending}>
            Ajouter la salle
          </Button>
        </>
      }
    >
      <Form
        id="nouvelle-salle"
        validationBehavior="aria"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {save.error && save.error.field === null && (
          <Callout tone="bad" announce>
            {explain(save.error)}
          </Callout>
        )}
        <FieldGrid>
          <TextField
            autoFocus
            label="Code"
            hint={"Comme sur la porte\u202f: B204, CDI"}
            value={form.code}
            onChange={(code) => set({ code })}
            error={fieldError(save.error, "code")}
          />
          <TextField
            label="Nom"
            optional
            value={form.name}
            onChange={(name) => set({ name })}
            error={fieldError(save.error, "name")}
          />
          <TextField label="Bâtiment" optional value={form.building} onChange={(building) => set({ building })} />
          <TextField label="Étage" optional value={form.floor} onChange={(floor) => set({ floor })} />
        </FieldGrid>
      </Form>
    </Dialog>
  );
}
