//! The convention on paper: which parts, as one PDF in the folder of downloads, to print or to send.
import { useState } from "react";
import { CheckboxGroup, FieldError, Label } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Checkbox } from "../../components/Checkbox";
import { cx } from "../../components/cx";
import { Dialog, DialogForm } from "../../components/Dialog";
import fieldStyles from "../../components/Field.module.css";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import type { ConventionPaper } from "../../wire/types";
import styles from "./Annexes.module.css";

type PaperPart = keyof ConventionPaper;

const PARTS: readonly { id: PaperPart; label: string; hint: string }[] = [
  { id: "matrix", label: "Matrice", hint: "Avec les sources, et ce qui a été lu sur l’exemplaire signé." },
  {
    id: "annexes",
    label: "Utilisateurs, matériels et règles",
    hint: "Ce que disent les annexes et le corps du texte.",
  },
  { id: "missions", label: "Missions", hint: "Ce que chacun fait dans le collège." },
  { id: "charter", label: "Charte", hint: "Ce à quoi s’engage chaque utilisateur de la plateforme." },
  { id: "glossary", label: "Glossaire", hint: "Les sigles et ce qu’ils veulent dire." },
];

export function PrintDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Imprimer ou enregistrer en PDF" isOpen={isOpen} onClose={onClose}>
      <PrintForm onClose={onClose} />
    </Dialog>
  );
}

function PrintForm({ onClose }: { onClose: () => void }) {
  const [parts, setParts] = useState<readonly string[]>(PARTS.map(({ id }) => id));
  const [refused, setRefused] = useState(false);
  const paper = useAct("convention_paper", { quiet: true });
  const submit = () => {
    if (parts.length === 0) {
      setRefused(true);
      return;
    }
    const has = (part: PaperPart) => parts.includes(part);
    paper.mutate(
      {
        matrix: has("matrix"),
        annexes: has("annexes"),
        missions: has("missions"),
        charter: has("charter"),
        glossary: has("glossary"),
      },
      {
        onSuccess: (file) => {
          onClose();
          saySaved(file);
        },
      },
    );
  };
  return (
    <DialogForm
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={paper.isPending}>
            {paper.isPending ? "Mise en page…" : "Créer le PDF"}
          </Button>
        </>
      }
    >
      {paper.error && (
        <Callout tone="bad" title="Le document n’a pas été créé" announce>
          {explain(paper.error)}
        </Callout>
      )}
      <CheckboxGroup
        value={[...parts]}
        onChange={(next) => {
          setParts(next);
          setRefused(false);
        }}
        isInvalid={refused}
        className={cx(styles.paper)}
      >
        <Label className={cx(fieldStyles.label)}>Ce que le document contient</Label>
        {PARTS.map(({ id, label, hint }) => (
          <Checkbox key={id} value={id}>
            {label}
            <span className={styles.source}>{hint}</span>
          </Checkbox>
        ))}
        <FieldError className={cx(fieldStyles.error)}>
          {refused ? "Choisissez au moins une partie." : undefined}
        </FieldError>
      </CheckboxGroup>
    </DialogForm>
  );
}
