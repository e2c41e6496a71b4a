//! The first rows of the file, under headings that say which field each column feeds.
//! Invariant: a column that feeds nothing is drawn back, so that what will be lost is seen before anything is done.
import { useState } from "react";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { Select } from "../../components/Select";
import { fr, plural, quote } from "../../text/fr";
import type { ImportHeading, ImportPreview } from "../../wire/types";
import styles from "./Import.module.css";

const NOTHING = "-";
const ROWS = 5;
/** Beyond, the others come when asked for: some exports have hundreds. */
const AT_FIRST = 40;

interface ColumnsTableProps {
  preview: ImportPreview;
  mapping: readonly (string | null)[];
  onFeed: (column: number, field: string | null) => void;
}

export function ColumnsTable({ preview, mapping, onFeed }: ColumnsTableProps) {
  const { headings, fields, sample } = preview;
  const [all, setAll] = useState(false);
  const shown = all ? headings : headings.slice(0, AT_FIRST);
  const rows = sample.slice(0, ROWS);
  const fedBy = (field: string) => headings[mapping.indexOf(field)];
  const unused = mapping.filter((field) => field === null).length;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className={styles.scroll} aria-label="Premières lignes du fichier" tabIndex={0}>
        <table className={styles.columns}>
          <thead>
            <tr>
              {shown.map((heading, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have the same title.
                <th key={column} scope="col" className={cx(mapping[column] == null && styles.unused)}>
                  <Select
                    label={titleOf(heading, column)}
                    options={[
                      { id: NOTHING, label: "Ne pas importer" },
                      ...fields.map(({ id, label }) => {
                        const other = mapping[column] === id ? undefined : fedBy(id);
                        return {
                          id,
                          label,
                          detail: other && fr`déjà rempli par ${quote(other.text)}`,
                        };
                      }),
                    ]}
                    value={mapping[column] ?? NOTHING}
                    onChange={(id) => onFeed(column, id === NOTHING ? null : id)}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other name.
              <tr key={row}>
                {shown.map((heading, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: cells stand under their column.
                  <td key={column} className={cx(mapping[column] == null && styles.unused)}>
                    {cells[column] || (row === 0 && <Example heading={heading} rows={rows} column={column} />)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {shown.length < headings.length && (
        <div>
          <Button size="small" onPress={() => setAll(true)}>
            {fr`Montrer les ${headings.length - shown.length} autres colonnes`}
          </Button>
        </div>
      )}
      <p className={styles.soft}>
        {fr`${plural(rows.length, "ligne montrée", "lignes montrées")} sur ${preview.read}. `}
        {unused > 0 && fr`${plural(unused, "colonne n'est pas importée", "colonnes ne sont pas importées")}.`}
      </p>
    </>
  );
}

function titleOf({ text }: ImportHeading, column: number): string {
  return text.trim() === "" ? fr`Colonne ${column + 1}` : text;
}

/** The first rows are empty there: a value from further down tells what the column holds. */
function Example({ heading, rows, column }: { heading: ImportHeading; rows: readonly string[][]; column: number }) {
  const [first] = heading.samples;
  if (first === undefined || rows.some((cells) => cells[column])) return null;
  return <span className={styles.example}>{fr`plus bas : ${first}`}</span>;
}
