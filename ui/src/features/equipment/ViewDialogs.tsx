//! Naming a view, and the list of those that are kept. A view taken away comes back by « Annuler ».
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button, IconButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain, fieldError } from "../../errors/table";
import { fr, quote } from "../../text/fr";
import type { SavedView, ViewForm } from "../../wire/types";
import styles from "./Equipment.module.css";

interface NameViewProps {
  isOpen: boolean;
  onClose: () => void;
  shown: Pick<ViewForm, "query" | "columns">;
  onSaved: (view: SavedView) => void;
}

export function NameViewDialog({ isOpen, ...rest }: NameViewProps) {
  return (
    <Dialog title="Enregistrer cette liste" isOpen={isOpen} onClose={rest.onClose}>
      <NameForm {...rest} />
    </Dialog>
  );
}

function NameForm({ onClose, shown, onSaved }: Omit<NameViewProps, "isOpen">) {
  const [name, setName] = useState("");
  const save = useAct("view_save", { quiet: true });
  const submit = () =>
    save.mutate(
      { id: null, name, ...shown },
      {
        onSuccess: ({ views }) => {
          const view = views.find((each) => each.name === name.trim());
          if (view) onSaved(view);
          onClose();
          say({ text: fr`La vue ${quote(name.trim())} est enregistrée.` });
        },
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button variant="primary" type="submit" isPending={save.isPending}>
            Enregistrer la vue
          </Button>
        </>
      }
    >
      {save.error && save.error.field !== "name" && (
        <Callout tone="bad" announce>
          {explain(save.error)}
        </Callout>
      )}
      <TextField
        autoFocus
        label="Nom de la vue"
        hint={fr`Le filtre, l'ordre et les colonnes seront retrouvés sous ce nom. Exemple : Portables prêtés.`}
        value={name}
        onChange={setName}
        error={fieldError(save.error, "name")}
      />
    </DialogForm>
  );
}

interface ViewsDialogProps {
  isOpen: boolean;
  onClose: () => void;
  views: readonly SavedView[];
  onRemoved: (id: string) => void;
}

export function ViewsDialog({ isOpen, onClose, views, onRemoved }: ViewsDialogProps) {
  return (
    <Dialog
      title="Vues enregistrées"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <Button variant="primary" onPress={onClose}>
          Fermer
        </Button>
      }
    >
      {views.length === 0 ? (
        <p>Il ne reste aucune vue enregistrée.</p>
      ) : (
        <ul className={styles.views}>
          {views.map((view) => (
            <ViewLine key={view.id} view={view} onRemoved={() => onRemoved(view.id)} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function ViewLine({ view, onRemoved }: { view: SavedView; onRemoved: () => void }) {
  const [name, setName] = useState(view.name);
  const save = useAct("view_save", { quiet: true });
  const remove = useAct("view_remove");
  const restore = useAct("view_save");
  const isChanged = name !== view.name;
  const rename = () =>
    isChanged &&
    save.mutate({ ...view, name }, { onSuccess: () => say({ text: fr`La vue s'appelle ${quote(name.trim())}.` }) });
  const takeAway = () =>
    remove.mutate(
      { id: view.id },
      {
        onSuccess: () => {
          onRemoved();
          const run = () => restore.mutate({ ...view, id: null });
          say({ text: fr`La vue ${quote(view.name)} est supprimée.`, action: { label: "Annuler", run } });
        },
      },
    );
  return (
    <li>
      <Form
        validationBehavior="aria"
        className={styles.viewLine ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          rename();
        }}
      >
        <TextField
          label="Nom"
          aria-label={fr`Nom de la vue ${quote(view.name)}`}
          value={name}
          onChange={setName}
          error={save.error ? explain(save.error) : undefined}
        />
        <div className={styles.viewActs}>
          {isChanged && (
            <Button size="small" type="submit" isPending={save.isPending}>
              Renommer
            </Button>
          )}
          <IconButton label={`Supprimer la vue ${view.name}`} icon={Trash2} onPress={takeAway} />
        </div>
      </Form>
    </li>
  );
}
