//! The changes one by one: for a known row each field, before and after; for a new one, what it will hold.
import { ArrowRight, Replace } from "lucide-react";
import { useState } from "react";
import { ToggleButtonGroup } from "react-aria-components";
import { Card } from "../../components/Card";
import { Chip } from "../../components/Chip";
import { cx } from "../../components/cx";
import { fr, number } from "../../text/fr";
import type { ChangeAct, ImportChange, ImportFigures } from "../../wire/types";
import styles from "./Import.module.css";
import { More, useMore } from "./More";

interface ChangesProps {
  changes: readonly ImportChange[];
  /** More than those given, when there are many. */
  total: number;
  figures: ImportFigures;
}

export function Changes({ changes, total, figures }: ChangesProps) {
  const both = figures.created > 0 && figures.updated > 0;
  // What is written over is looked at first.
  const [act, setAct] = useState<ChangeAct>(figures.updated > 0 ? "modifie" : "cree");
  return (
    <Card title="Changements, un par un" icon={Replace} count={total}>
      {both && (
        <ToggleButtonGroup
          aria-label="Changements montrés"
          disallowEmptySelection
          selectedKeys={[act]}
          onSelectionChange={([key]) => setAct(key === "cree" ? "cree" : "modifie")}
          className={cx(styles.chips)}
        >
          <Chip id="modifie" count={figures.updated}>
            Modifiés
          </Chip>
          <Chip id="cree" count={figures.created}>
            Créés
          </Chip>
        </ToggleButtonGroup>
      )}
      {changes.length < total && (
        <p className={styles.soft}>
          {fr`Seuls les ${changes.length} premiers changements du fichier se lisent ici, sur ${total}. Les chiffres du haut les comptent tous.`}
        </p>
      )}
      <List key={act} changes={changes.filter((change) => change.act === act)} />
    </Card>
  );
}

function List({ changes }: { changes: readonly ImportChange[] }) {
  const { shown, ...rest } = useMore(changes, 40);
  if (changes.length === 0) return <p className={styles.soft}>Aucun parmi ceux qui se lisent ici.</p>;
  return (
    <>
      <ul className={styles.changes}>
        {shown.map((change) => (
          <li key={`${change.line} ${change.label}`} className={styles.change}>
            <p className={styles.changeHead}>
              <strong>{change.label}</strong>
              <span className={styles.soft}>ligne {number(change.line)}</span>
            </p>
            {change.act === "modifie" ? <BeforeAfter change={change} /> : <Held change={change} />}
          </li>
        ))}
      </ul>
      <More {...rest} what="changements" />
    </>
  );
}

function BeforeAfter({ change: { fields } }: { change: ImportChange }) {
  return (
    <dl className={styles.fields}>
      {fields.map(({ field, label, before, after }) => (
        <div key={field} className={styles.field}>
          <dt>{label}</dt>
          <dd>
            <span className={styles.before}>{before || "vide"}</span>
            <ArrowRight size={14} aria-hidden />
            <span className="visually-hidden"> devient </span>
            <span className={styles.after}>{after || "vide"}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Held({ change: { fields } }: { change: ImportChange }) {
  return (
    <dl className={styles.held}>
      {fields.map(({ field, label, after }) => (
        <div key={field}>
          <dt>{fr`${label} : `}</dt>
          <dd>{after}</dd>
        </div>
      ))}
    </dl>
  );
}
