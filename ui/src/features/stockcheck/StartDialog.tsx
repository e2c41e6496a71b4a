//! Beginning a récolement: its name, already proposed, and the rooms one will walk through.
//! Invariant: what is searched only hides rooms, it never unticks them.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Checkbox } from "../../components/Checkbox";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { Toolbar } from "../../components/Page";
import { useNow } from "../../components/RelativeTime";
import { SearchField } from "../../components/SearchField";
import { Skeleton } from "../../components/Skeleton";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { matcher } from "../../text/fold";
import { fr, plural } from "../../text/fr";
import type { Room } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { byBuilding, proposedTitle } from "./rounds";
import styles from "./Start.module.css";

interface StartDialogProps {
  isOpen: boolean;
  onClose: () => void;
  onStarted: (id: string) => void;
}

export function StartDialog({ isOpen, onClose, onStarted }: StartDialogProps) {
  return (
    <Dialog title="Commencer un récolement" isOpen={isOpen} onClose={onClose} wide>
      <StartForm onClose={onClose} onStarted={onStarted} />
    </Dialog>
  );
}

function StartForm({ onClose, onStarted }: Omit<StartDialogProps, "isOpen">) {
  const now = useNow();
  const [title, setTitle] = useState(() => proposedTitle(now));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choices = useCall("register_choices", {});
  const { form, errors, refuse, mend } = useRefusals();
  const start = useAct("stock_check_start", { quiet: true });
  const rooms = choices.data?.rooms ?? [];
  const picked = rooms.filter(({ id }) => chosen.has(id));
  const awaited = picked.reduce((sum, { equipment }) => sum + equipment, 0);

  const submit = () => {
    if (picked.length === 0 && !refuse({ room_ids: "Cochez au moins une salle." })) return;
    start.mutate(
      { title, room_ids: picked.map(({ id }) => id) },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: ({ row }) => {
          onClose();
          onStarted(row.id);
        },
      },
    );
  };
  const choose = (ids: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
    mend(["room_ids"]);
  };
  return (
    <DialogForm
      ref={form}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={start.isPending}>
            Commencer
          </Button>
        </>
      }
    >
      {start.error && (start.error.field === null || !(start.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(start.error)}
        </Callout>
      )}
      <TextField
        label="Nom"
        value={title}
        onChange={(text) => {
          setTitle(text);
          mend(["title"]);
        }}
        error={errors.title}
      />
      {choices.data ? (
        <Rooms rooms={rooms} chosen={chosen} onChoose={choose} error={errors.room_ids} />
      ) : (
        <Skeleton lines={6} label="Chargement des salles" />
      )}
      <p role="status" className={styles.soft}>
        {picked.length === 0
          ? "Aucune salle choisie"
          : fr`${plural(picked.length, "salle")}, ${plural(awaited, "équipement")} à retrouver`}
      </p>
    </DialogForm>
  );
}

interface RoomsProps {
  rooms: readonly Room[];
  chosen: ReadonlySet<string>;
  onChoose: (ids: readonly string[], on: boolean) => void;
  error: string | undefined;
}

function Rooms({ rooms, chosen, onChoose, error }: RoomsProps) {
  const [text, setText] = useState("");
  const matches = matcher(text);
  const shown = byBuilding(rooms.filter(({ code, name, building, floor }) => matches(code, name, building, floor)));
  if (rooms.length === 0) {
    return (
      <Callout tone="info">
        Le registre n’a pas encore de salle. Ajoutez-en depuis la fiche d’un équipement, ou par un import.
      </Callout>
    );
  }
  return (
    <fieldset className={styles.rooms} aria-describedby={error ? "salles-a-cocher" : undefined}>
      <legend className={styles.legend}>Salles à parcourir</legend>
      <Toolbar>
        <SearchField label="Filtrer les salles" placeholder="Code, nom, bâtiment…" value={text} onChange={setText} />
      </Toolbar>
      {error && (
        <p id="salles-a-cocher" className={styles.error}>
          {error}
        </p>
      )}
      <div className={styles.buildings}>
        {shown.map((building) => {
          const ids = building.rooms.map(({ id }) => id);
          const ticked = ids.filter((id) => chosen.has(id)).length;
          const name = building.name || (shown.length > 1 ? "Sans bâtiment" : "Toutes les salles");
          return (
            <div key={building.name} role="group" aria-label={name} className={styles.building}>
              <div className={styles.buildingName}>
                <Checkbox
                  isSelected={ticked === ids.length}
                  isIndeterminate={ticked > 0 && ticked < ids.length}
                  isInvalid={Boolean(error)}
                  onChange={(on) => onChoose(ids, on)}
                >
                  {name}
                </Checkbox>
              </div>
              <div className={styles.grid}>
                {building.rooms.map((room) => (
                  <Checkbox
                    key={room.id}
                    isSelected={chosen.has(room.id)}
                    count={room.equipment}
                    onChange={(on) => onChoose([room.id], on)}
                  >
                    <strong>{room.code}</strong> {room.name !== room.code && room.name}
                  </Checkbox>
                ))}
              </div>
            </div>
          );
        })}
        {shown.length === 0 && <p className={styles.soft}>Aucune salle de ce nom.</p>}
      </div>
    </fieldset>
  );
}
