//! Second step: how the file is read, which column feeds which field, what recognises a row already known.
//! Invariant: everything is proposed and everything can be changed; a way of reading that fails is said at its field.
import { ArrowLeft, ArrowRight, Columns3, FileSearch, Fingerprint } from "lucide-react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Checkbox } from "../../components/Checkbox";
import { cx } from "../../components/cx";
import { FieldGrid } from "../../components/Field";
import { Skeleton } from "../../components/Skeleton";
import { useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr, plural } from "../../text/fr";
import type { ImportChoices, ImportKind, ImportPreview, TakenFile } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { ColumnsTable } from "./ColumnsTable";
import styles from "./Import.module.css";
import { MatchKeys } from "./MatchKeys";
import { feed } from "./progress";
import { RoleSelect } from "./RoleSelect";
import { useLast } from "./useLast";
import { READ_FIELDS, WayOfReading } from "./WayOfReading";
import { IMPORTS } from "./words";

interface ReadingStepProps {
  kind: ImportKind;
  file: TakenFile;
  choices: ImportChoices;
  onChange: (choices: ImportChoices) => void;
  onBack: () => void;
  onNext: () => void;
}

export function ReadingStep({ kind, file, choices, onChange, onBack, onNext }: ReadingStepProps) {
  const reading = useCall("import_read", { file_id: file.id, kind, choices, expected: null });
  const preview = useLast(reading.data);
  const { form, errors, refuse, mend } = useRefusals();

  const back = (
    <Button icon={ArrowLeft} onPress={onBack}>
      Choisir un autre fichier
    </Button>
  );
  if (!preview) {
    return reading.error ? (
      <Callout tone="bad" title="Ce fichier ne peut plus être lu" announce actions={back}>
        {explain(reading.error)}
      </Callout>
    ) : (
      <Card>
        <Skeleton lines={8} label="Lecture du fichier" />
      </Card>
    );
  }

  const submit = () => {
    const roleMissing = preview.asks_role && choices.default_role === null;
    const asked = roleMissing ? { default_role: "Choisissez le rôle des nouveaux contacts." } : {};
    if (refuse(asked) && !reading.error && !reading.isPlaceholderData) onNext();
  };
  const atField = reading.error?.field != null && READ_FIELDS.includes(reading.error.field);
  const mapping = choices.mapping ?? preview.headings.map(({ field }) => field);
  return (
    <Form
      ref={form}
      validationBehavior="aria"
      className={styles.step ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Card title="Comment lire ce fichier" icon={FileSearch} note={summary(file.name, preview)}>
        <WayOfReading preview={preview} choices={choices} error={reading.error} onChange={onChange} />
      </Card>
      <Card title="Ce que contient chaque colonne" icon={Columns3}>
        <p className={styles.soft}>
          {preview.remembered
            ? fr`Les colonnes sont reprises de votre dernier import d'un fichier comme celui-ci. Changez ce qui ne convient pas.`
            : fr`Relais propose un champ d'après le titre de chaque colonne. Changez ce qui ne convient pas.`}
        </p>
        <ColumnsTable
          preview={preview}
          mapping={mapping}
          onFeed={(column, field) => onChange({ ...choices, mapping: feed(mapping, column, field) })}
        />
      </Card>
      <Card title={fr`Reconnaître ce qui est déjà ${IMPORTS[kind].known}`} icon={Fingerprint}>
        <p className={styles.soft}>
          {fr`La première clé qui trouve une seule fiche décide : la ligne la met à jour. Si aucune ne trouve, une fiche est créée. Si plusieurs fiches conviennent, la ligne est refusée et vous les voyez.`}
        </p>
        <MatchKeys
          all={preview.all_keys}
          keys={choices.keys ?? preview.keys}
          onChange={(keys) => onChange({ ...choices, keys })}
        />
        {preview.roles.length > 0 && (
          <FieldGrid>
            <RoleSelect
              roles={preview.roles}
              asked={preview.asks_role}
              value={choices.default_role}
              error={errors.default_role}
              onChange={(default_role) => {
                mend(["default_role"]);
                onChange({ ...choices, default_role });
              }}
            />
          </FieldGrid>
        )}
        <Checkbox isSelected={choices.empty_clears} onChange={(empty_clears) => onChange({ ...choices, empty_clears })}>
          Une cellule vide efface ce qui est enregistré (sinon, elle n’y touche pas)
        </Checkbox>
      </Card>
      {reading.error && !atField && (
        <Callout tone="bad" title="Le fichier ne se lit pas ainsi" announce>
          {explain(reading.error)}
        </Callout>
      )}
      <div className={cx(styles.actions, styles.bar)}>
        {back}
        <div className={styles.next}>
          <Button type="submit" variant="primary" endIcon={ArrowRight} isDisabled={reading.error !== null}>
            Simuler l’import
          </Button>
        </div>
      </div>
    </Form>
  );
}

function summary(name: string, { format_label, read }: ImportPreview): string {
  return fr`${name} · ${format_label} · ${plural(read, "ligne")}`;
}
