//! « J’ai le numéro »: what a person saw on the platform settles what the application cannot know.
import { useId, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { cx } from "../../components/cx";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import type { OutboxRow } from "../../wire/types";
import styles from "./Outbox.module.css";

export function NumberDialog({ row, onClose }: { row: OutboxRow; onClose: () => void }) {
  const act = useAct("outbox_set_number", { quiet: true });
  const [number, setNumber] = useState("");
  const form = useId();
  const error = act.error;
  const atField = error !== null && (error.field === "number" || error.code === "demande-incorrecte");
  return (
    <Dialog
      title="Le numéro donné par la plateforme"
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" form={form} variant="primary" isPending={act.isPending}>
            Enregistrer le numéro
          </Button>
        </>
      }
    >
      <Form
        id={form}
        className={cx(styles.form)}
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(
            { id: row.id, number: number.trim() },
            {
              onSuccess: () => {
                onClose();
                say({ text: `${row.title}\u202f: numéro ${number.trim()} enregistré.` });
              },
            },
          );
        }}
      >
        <p>
          Cherchez <span className="mono">{row.reference}</span> sur la plateforme. Si le dossier {row.title} y est,
          recopiez son numéro{"\u202f"}: rien ne sera envoyé une seconde fois.
        </p>
        <TextField
          label="Numéro du dossier"
          hint={"Exemple\u202f: INC000000481350"}
          mono
          autoFocus
          value={number}
          onChange={setNumber}
          error={atField ? error.message : undefined}
        />
        {error && !atField && (
          <Callout tone="bad" announce>
            {explain(error)}
          </Callout>
        )}
      </Form>
    </Dialog>
  );
}
