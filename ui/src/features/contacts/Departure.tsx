//! Somebody leaves, on a day that is asked for, or comes back.
//! Invariant: a departed person is never deleted, only set apart: what speaks of them still does. Both acts are undone
//! from their message.
import { DoorOpen, UserCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { useNow } from "../../components/RelativeTime";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { Contact } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { isoDay, nameOf } from "./words";

export function Departure({ contact }: { contact: Contact }) {
  const [asking, setAsking] = useState(false);
  const save = useAct("contact_save");
  if (contact.left_on !== null) {
    const comeBack = () =>
      save.mutate(
        { ...contact, left_on: null },
        {
          onSuccess: () =>
            say({
              text: fr`${nameOf(contact)} est de nouveau dans la liste.`,
              action: { label: "Annuler", run: () => save.mutate(contact) },
            }),
        },
      );
    return (
      <Button size="small" variant="quiet" icon={UserCheck} isPending={save.isPending} onPress={comeBack}>
        Noter son retour
      </Button>
    );
  }
  return (
    <>
      <Button size="small" variant="quiet" icon={DoorOpen} onPress={() => setAsking(true)}>
        Noter son départ…
      </Button>
      <Dialog title={fr`Départ de ${nameOf(contact)}`} isOpen={asking} onClose={() => setAsking(false)}>
        <DepartureForm contact={contact} onClose={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function DepartureForm({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const now = useNow();
  const [left, setLeft] = useState(() => shortDay(isoDay(now)));
  const { form, errors, refuse, mend } = useRefusals();
  const save = useAct("contact_save", { quiet: true });
  const back = useAct("contact_save");
  const submit = () => {
    const left_on = readDay(left);
    if (!left_on) {
      refuse({ left_on: "Écrivez la date comme 14/09/2027." });
      return;
    }
    save.mutate(
      { ...contact, left_on },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: () => {
          onClose();
          say({
            text: fr`${nameOf(contact)} n'est plus dans la liste.`,
            action: { label: "Annuler", run: () => back.mutate(contact) },
          });
        },
      },
    );
  };
  return (
    <DialogForm
      ref={form}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={save.isPending}>
            Noter son départ
          </Button>
        </>
      }
    >
      {save.error && save.error.field === null && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      <TextField
        label="Départ le"
        hint={fr`Ce contact ne sera plus proposé nulle part. Ses prêts et l'historique restent, et « Montrer aussi les personnes parties » le retrouve.`}
        placeholder="JJ/MM/AAAA"
        autoFocus
        value={left}
        onChange={(text) => {
          setLeft(text);
          mend(["left_on"]);
        }}
        error={errors.left_on}
      />
    </DialogForm>
  );
}
