//! The refused rows: where, and why, with how to mend it; all of them as a CSV to mend and import again.
import { FileDown, FileWarning } from "lucide-react";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import { fr } from "../../text/fr";
import type { ImportKind, ImportRefusal, ImportRequest } from "../../wire/types";
import { linkTo } from "../frame/places";
import styles from "./Import.module.css";
import { More, useMore } from "./More";
import { IMPORTS } from "./words";

export function Refusals({ request, refused }: { request: ImportRequest; refused: readonly ImportRefusal[] }) {
  const { shown, ...rest } = useMore(refused, 50);
  const inside = refused.some(({ origin }) => origin !== null);
  return (
    <Card
      title="Lignes refusées"
      icon={FileWarning}
      count={refused.length}
      edge="waiting"
      actions={<SaveRefused request={request} />}
    >
      <p className={styles.soft}>
        {fr`Elles ne seront pas importées. Corrigez-les dans le fichier enregistré, puis importez-le : les autres n'y sont pas.`}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
      <section className={styles.scroll} aria-label="Lignes refusées, une par une" tabIndex={0}>
        <table className={styles.refusals}>
          <thead>
            <tr>
              <th scope="col">{inside ? "Fichier et rang" : "Ligne"}</th>
              <th scope="col">Colonne</th>
              <th scope="col">Motif</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((refusal, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line may be refused in several columns; the order is fixed.
              <tr key={place}>
                <td className={styles.line}>
                  {refusal.origin === null ? refusal.line : `${refusal.origin}, ${refusal.line}`}
                </td>
                <td>{refusal.column}</td>
                <td>
                  {refusal.reason}
                  <Candidates kind={request.kind} refusal={refusal} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <More {...rest} what="lignes" />
    </Card>
  );
}

/** What the row could mean: to be looked at, the import stays where it is. */
function Candidates({ kind, refusal: { candidates } }: { kind: ImportKind; refusal: ImportRefusal }) {
  if (candidates.length === 0) return null;
  return (
    <ul className={styles.candidates} aria-label="Fiches possibles">
      {candidates.map(({ id, label, detail }) => (
        <li key={id}>
          <a href={linkTo(IMPORTS[kind].pathTo(id))}>{label}</a>
          {detail && <span className={styles.soft}> {detail}</span>}
        </li>
      ))}
    </ul>
  );
}

export function SaveRefused({ request }: { request: ImportRequest }) {
  const { mutate, isPending } = useAct("import_refused");
  return (
    <Button size="small" icon={FileDown} isPending={isPending} onPress={() => mutate(request, { onSuccess: saySaved })}>
      {isPending ? "Enregistrement…" : "Enregistrer les lignes refusées (CSV)"}
    </Button>
  );
}
