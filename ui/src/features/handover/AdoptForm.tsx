//! First start from a predecessor's file: the file, the passphrase that was told, and one's own where the computer keeps
//! no keys.
//! Invariant: a file that does not open leaves this computer as it was.
import { ArrowLeft, Check, FileKey } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { TextField } from "../../components/Field";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import type { FirstStartChoices, TakenFile } from "../../wire/types";
import { linkTo } from "../frame/places";
import type { FieldErrors } from "../profile/draft";
import { useRefusals } from "../profile/useRefusals";
import { PassphraseFields, unlike } from "../start/PassphraseFields";
import styles from "../start/Start.module.css";
import { HandoverFileField } from "./HandoverFileField";

/** Only the fields that have an error. */
function named(errors: Record<string, string | undefined>): FieldErrors {
  return Object.fromEntries(Object.entries(errors).flatMap(([field, error]) => (error ? [[field, error]] : [])));
}

export function AdoptForm({ choices, onBack }: { choices: FirstStartChoices | undefined; onBack: () => void }) {
  const [file, setFile] = useState<TakenFile | null>(null);
  const [passphrase, setPassphrase] = useState("");
  const [own, setOwn] = useState({ first: "", again: "" });
  const adopt = useAct("handover_adopt", { quiet: true });
  const { form, errors, refuse, mend } = useRefusals();
  const asksOwn = choices?.keyring === false;

  const submit = async () => {
    const ownErrors = asksOwn ? unlike(own) : {};
    const wrong = {
      ...(file === null ? { file: "Choisissez le fichier de passation." } : {}),
      ...(passphrase === "" ? { passphrase: "Écrivez la phrase secrète du fichier." } : {}),
      ...(ownErrors.passphrase ? { own_passphrase: ownErrors.passphrase } : {}),
      ...(ownErrors.again ? { again: ownErrors.again } : {}),
    };
    if (!refuse(wrong) || file === null) return;
    try {
      await adopt.mutateAsync({ file_id: file.id, passphrase, own_passphrase: asksOwn ? own.first : null });
      say({
        text: fr`Vous avez tout repris. Vos demandes partiront encore au nom de votre prédécesseur : mettez le vôtre.`,
        action: {
          label: "Ouvrir les réglages",
          run: () => {
            window.location.hash = linkTo("/reglages");
          },
        },
      });
    } catch {
      // Shown below, from the act itself.
    }
  };
  const refusal = adopt.error;
  const error = (field: string) => errors[field] ?? (refusal?.field === field ? refusal.message : undefined);
  const elsewhere = refusal && !["file", "passphrase", "own_passphrase"].includes(refusal.field ?? "");

  return (
    <Form
      ref={form}
      validationBehavior="aria"
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Card title="Le fichier de passation" icon={FileKey}>
        <HandoverFileField
          file={file}
          error={error("file")}
          onTaken={(taken) => {
            setFile(taken);
            mend(["file"]);
            adopt.reset();
          }}
        />
        <TextField
          label="Phrase secrète du fichier"
          hint="Celle que votre prédécesseur a choisie en faisant le fichier, et qu’il vous a dite."
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(typed) => {
            setPassphrase(typed);
            mend(["passphrase"]);
            if (refusal?.field === "passphrase") adopt.reset();
          }}
          error={error("passphrase")}
        />
      </Card>
      {asksOwn && (
        <Card title="Votre propre phrase secrète">
          <PassphraseFields
            value={own}
            onChange={(typed) => {
              setOwn(typed);
              mend(["own_passphrase", "again"]);
              if (refusal?.field === "own_passphrase") adopt.reset();
            }}
            errors={named({ passphrase: error("own_passphrase"), again: errors.again })}
          />
        </Card>
      )}
      {elsewhere && (
        <Callout tone="bad" title="Rien n’a été repris" announce>
          {explain(refusal)}
        </Callout>
      )}
      <div className={styles.actions}>
        <Button icon={ArrowLeft} onPress={onBack}>
          Retour
        </Button>
        <div className={styles.next}>
          <Button type="submit" variant="primary" endIcon={Check} isPending={adopt.isPending} isDisabled={!choices}>
            {adopt.isPending ? "Ouverture du fichier…" : "Reprendre la suite"}
          </Button>
        </div>
      </div>
    </Form>
  );
}
