//! Format, encoding, separator, sheet, line of headings: only what this kind of file has.
import { useState } from "react";
import { FieldGrid, TextField } from "../../components/Field";
import { Select } from "../../components/Select";
import { fieldError } from "../../errors/table";
import { fr } from "../../text/fr";
import type { Encoding, ImportChoices, ImportPreview, NamedValue, Separator, WireError } from "../../wire/types";
import styles from "./Import.module.css";
import { readAs } from "./progress";

/** The fields whose refusal is shown here. */
export const READ_FIELDS: readonly string[] = ["encoding", "separator", "sheet", "headings_line"];

interface WayOfReadingProps {
  preview: ImportPreview;
  choices: ImportChoices;
  error: WireError | null;
  onChange: (choices: ImportChoices) => void;
}

export function WayOfReading({ preview, choices, error, onChange }: WayOfReadingProps) {
  const { format, encodings, separators, sheets } = preview;
  const [typed, setTyped] = useState<string | null>(null);
  const inTable = format === "csv" || format === "xlsx" || format === "ods";
  if (!inTable && encodings.length === 0) {
    return <p className={styles.soft}>Ce genre de fichier se lit d’une seule façon, il n’y a rien à choisir ici.</p>;
  }
  const typeLine = (text: string) => {
    setTyped(text);
    if (isLine(text)) onChange(readAs(choices, { headings_line: Number(text) }));
  };
  const badLine = typed !== null && !isLine(typed);
  return (
    <FieldGrid>
      {encodings.length > 0 && (
        <Select
          label="Encodage"
          hint={fr`Si les accents sont faux, essayez-en un autre.`}
          options={options<Encoding>(encodings)}
          value={choices.encoding ?? preview.encoding}
          onChange={(encoding) => onChange(readAs(choices, { encoding }))}
          error={fieldError(error, "encoding")}
        />
      )}
      {separators.length > 0 && (
        <Select
          label="Séparateur"
          hint="Ce qui sépare deux colonnes."
          options={options<Separator>(separators)}
          value={choices.separator ?? preview.separator}
          onChange={(separator) => onChange(readAs(choices, { separator }))}
          error={fieldError(error, "separator")}
        />
      )}
      {sheets.length > 1 && (
        <Select
          label="Feuille"
          options={sheets.map((sheet) => ({ id: sheet, label: sheet }))}
          value={choices.sheet ?? preview.sheet}
          onChange={(sheet) => {
            setTyped(null);
            onChange(readAs(choices, { sheet }));
          }}
          error={fieldError(error, "sheet")}
        />
      )}
      {inTable && (
        <TextField
          label="Ligne des titres"
          hint="Ce qui est au-dessus n’est pas lu."
          inputMode="numeric"
          value={typed ?? String(choices.headings_line ?? preview.headings_line)}
          onChange={typeLine}
          error={badLine ? "Écrivez le numéro de la ligne, par exemple 1." : fieldError(error, "headings_line")}
        />
      )}
    </FieldGrid>
  );
}

function isLine(text: string): boolean {
  return /^[1-9]\d{0,6}$/.test(text.trim());
}

/** The application gives the values of its own closed list. */
function options<Value extends string>(values: readonly NamedValue[]) {
  return values.map(({ value, label }) => ({ id: value as Value, label }));
}
