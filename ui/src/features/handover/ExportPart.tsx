//! « Passer la main »: everything in one encrypted file, for the person who comes next or for the other computer.
//! Invariant: what the file holds and what it never holds are said before it is made.
import { Check, FileKey, X } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import type { Mode } from "../../wire/types";
import { useRefusals } from "../profile/useRefusals";
import { PassphraseFields, unlike } from "../start/PassphraseFields";
import styles from "./Handover.module.css";

const HELD = [
  "Les équipements, les salles, les prêts, les récolements et les achats",
  "Les contacts, même partis",
  "Les dossiers, leur suivi et leurs envois",
  "Les photos et les documents joints",
  "Le collège et les réglages",
];
const LEFT_OUT = [
  "Aucun mot de passe, ni la clé de cet ordinateur",
  "Rien de ce qui est propre à cet ordinateur",
  fr`Aucune donnée d'élève : Relais n'en tient pas`,
];
const NOTHING_TYPED = { first: "", again: "" };

export function ExportPart({ mode }: { mode: Mode }) {
  const [passphrase, setPassphrase] = useState(NOTHING_TYPED);
  const { form, errors, refuse, mend } = useRefusals();
  const make = useAct("handover_export", { quiet: true });
  const submit = () => {
    if (!refuse(unlike(passphrase))) return;
    make.mutate(
      { passphrase: passphrase.first },
      {
        onSuccess: (file) => {
          setPassphrase(NOTHING_TYPED);
          saySaved(file);
        },
        onError: ({ field, message }) => {
          if (field) refuse({ [field]: message });
        },
      },
    );
  };
  return (
    <Card title="Passer la main" icon={FileKey}>
      <p>
        {fr`Relais met tout dans un fichier chiffré. La personne qui prend votre suite l'ouvre au premier démarrage de Relais ; votre collègue, lui, le réunit avec le sien.`}
      </p>
      {mode === "essai" && (
        <Callout>
          {fr`Vous êtes dans le collège d'exemple : ce fichier ne contiendra que des données inventées.`}
        </Callout>
      )}
      <div className={styles.contents}>
        <Contents title="Ce que contient le fichier" icon={Check} lines={HELD} good />
        <Contents title="Ce qu’il ne contient pas" icon={X} lines={LEFT_OUT} />
      </div>
      <Form
        ref={form}
        validationBehavior="aria"
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <PassphraseFields
          label="Phrase secrète du fichier"
          notice={
            <Callout tone="care" title="Dites-la de vive voix">
              {fr`Ne l'écrivez pas dans le message qui accompagne le fichier. Sans elle, personne ne peut l'ouvrir, pas même vous.`}
            </Callout>
          }
          value={passphrase}
          onChange={(typed) => {
            mend(["passphrase", "again"]);
            setPassphrase(typed);
          }}
          errors={errors}
        />
        {make.error && make.error.field === null && (
          <Callout tone="bad" title="Le fichier n’a pas été fait" announce>
            {explain(make.error)}
          </Callout>
        )}
        {make.data && (
          <Callout tone={make.data.notice === null ? "info" : "care"} title={make.data.name} announce>
            <p>{fr`Le fichier est dans ${make.data.folder}.`}</p>
            {make.data.notice !== null && <p>{make.data.notice}</p>}
          </Callout>
        )}
        <div>
          <Button type="submit" variant="primary" icon={FileKey} isPending={make.isPending}>
            {make.isPending ? "Chiffrement…" : "Créer le fichier de passation"}
          </Button>
        </div>
      </Form>
    </Card>
  );
}

interface ContentsProps {
  title: string;
  icon: typeof Check;
  lines: readonly string[];
  good?: boolean;
}

function Contents({ title, icon: Icon, lines, good }: ContentsProps) {
  return (
    <section>
      <h3 className={styles.contentsTitle}>{title}</h3>
      <ul className={styles.lines}>
        {lines.map((line) => (
          <li key={line}>
            <Icon size={18} aria-hidden className={good ? styles.good : styles.out} />
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
