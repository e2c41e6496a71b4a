//! For a portal reached by hand: each field to copy, in the portal's order, and which ones already were.
import { Check, ClipboardList, Hash } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { cx } from "../../components/cx";
import { fr } from "../../text/fr";
import type { LabelledText } from "../../wire/types";
import styles from "./Reading.module.css";

export function ToCopy({ fields, onNumber }: { fields: readonly LabelledText[]; onNumber?: () => void }) {
  const [copied, setCopied] = useState<ReadonlySet<string>>(new Set());
  const next = fields.find(({ label }) => !copied.has(label))?.label;
  return (
    <section className={styles.toCopy} aria-labelledby="a-copier">
      <h3 id="a-copier" className={styles.withIcon}>
        <ClipboardList size={18} aria-hidden />À copier dans le portail
      </h3>
      <p className={styles.soft}>
        Ouvrez un nouveau dossier dans le portail, copiez chaque champ à sa place, puis donnez à Relais le numéro
        obtenu.
      </p>
      <ol className={styles.fields}>
        {fields.map(({ label, text }) => (
          <li key={label} className={styles.field}>
            <div className={styles.fieldText}>
              <p className={styles.soft}>
                {label}
                {copied.has(label) && (
                  <span className={styles.done}>
                    <Check size={14} aria-hidden />
                    copié
                  </span>
                )}
              </p>
              <p className={styles.value}>{text}</p>
            </div>
            <CopyButton
              text={text}
              what={fr`le champ ${label}`}
              variant={label === next ? "primary" : "secondary"}
              onCopied={() => setCopied(new Set([...copied, label]))}
            />
          </li>
        ))}
      </ol>
      {onNumber && (
        <div className={cx(styles.actions)}>
          <Button icon={Hash} variant={next === undefined ? "primary" : "secondary"} onPress={onNumber}>
            J’ai le numéro
          </Button>
        </div>
      )}
    </section>
  );
}
