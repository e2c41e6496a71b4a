//! A refused operation, mended: what the platform reproaches, the fields as they were sent, and the sending again.
//! Invariant: what is sent again is a new operation made by the application; the refused one stays as it was.
import { useEffect, useId, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { cx } from "../../components/cx";
import { Dialog } from "../../components/Dialog";
import { TextArea, TextField } from "../../components/Field";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { explain, fieldError } from "../../errors/table";
import { capital } from "../../text/fr";
import type { OutboxDraft, OutboxRow } from "../../wire/types";
import styles from "./Outbox.module.css";

export function CorrectDialog({ row, onClose }: { row: OutboxRow; onClose: () => void }) {
  const { data, error } = useCall("outbox_draft", { id: row.id });
  const act = useAct("outbox_correct", { quiet: true });
  const form = useId();
  return (
    <Dialog
      title="Corriger, puis renvoyer"
      isOpen
      wide
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Fermer sans corriger</Button>
          <Button type="submit" form={form} variant="primary" isPending={act.isPending} isDisabled={!data}>
            Renvoyer
          </Button>
        </>
      }
    >
      {error && !data && <Callout tone="bad">{explain(error)}</Callout>}
      {!data && !error && <Skeleton lines={6} />}
      {data && (
        <Fields
          key={data.id}
          id={form}
          draft={data}
          act={act}
          onDone={() => {
            onClose();
            say({ text: `Corrigé, remis en file d’envoi\u202f: ${row.title}.` });
          }}
        />
      )}
    </Dialog>
  );
}

interface FieldsProps {
  id: string;
  draft: OutboxDraft;
  act: ReturnType<typeof useAct<"outbox_correct">>;
  onDone: () => void;
}

function Fields({ id, draft, act, onDone }: FieldsProps) {
  const [summary, setSummary] = useState(draft.summary);
  const [description, setDescription] = useState(draft.description);
  const [site, setSite] = useState(draft.site);
  const error = act.error ?? null;
  useEffect(() => document.querySelector<HTMLElement>(`#${CSS.escape(id)} input`)?.focus(), [id]);
  return (
    <Form
      id={id}
      className={cx(styles.form)}
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ id: draft.id, summary, description, site }, { onSuccess: onDone });
      }}
    >
      <Callout tone="bad" title="La plateforme a refusé ce dossier">
        {capital(draft.reason.replace(/(?<![.!?…])$/, "."))}
      </Callout>
      <TextField
        label="Site"
        hint="Le nom du collège tel que la plateforme le connaît. Laissez vide si elle ne le demande pas."
        value={site}
        onChange={setSite}
        error={fieldError(error, "site")}
      />
      <TextField label="Titre" value={summary} onChange={setSummary} error={fieldError(error, "summary")} />
      <TextArea
        label="Description"
        rows={8}
        value={description}
        onChange={setDescription}
        error={fieldError(error, "description")}
      />
      {error && error.field === null && (
        <Callout tone="bad" announce>
          {explain(error)}
        </Callout>
      )}
    </Form>
  );
}
