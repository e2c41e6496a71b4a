//! « Réunir avec le fichier de l’autre utilisateur »: the file and its passphrase, then what it would bring.
//! Invariant: nothing is written before it has been seen; what was chosen is held by the page, not by this part.
import { GitMerge, ScanSearch } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { TextField } from "../../components/Field";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import { useRefusals } from "../profile/useRefusals";
import styles from "./Handover.module.css";
import { HandoverFileField } from "./HandoverFileField";
import { MergeReview } from "./MergeReview";
import { type MergeSession, NO_MERGE } from "./session";

export interface MergePartProps {
  session: MergeSession;
  setSession: (session: MergeSession) => void;
}

export function MergePart({ session, setSession }: MergePartProps) {
  const { file, passphrase, simulation } = session;
  const box = useRef<HTMLDivElement>(null);
  const reviewing = file !== null && simulation !== null;
  const shown = useRef(reviewing);
  useEffect(() => {
    if (shown.current && !reviewing) box.current?.focus();
    shown.current = reviewing;
  }, [reviewing]);
  if (reviewing) {
    return (
      <MergeReview
        file={file}
        passphrase={passphrase}
        simulation={simulation}
        sides={session.sides}
        onSides={(sides) => setSession({ ...session, sides })}
        onLeave={() => setSession(NO_MERGE)}
      />
    );
  }
  return (
    <div ref={box} tabIndex={-1} className={styles.opening}>
      <Opening session={session} setSession={setSession} />
    </div>
  );
}

function Opening({ session, setSession }: MergePartProps) {
  const { file, passphrase } = session;
  const { form, errors, refuse, mend } = useRefusals();
  const simulate = useAct("merge_simulate", { quiet: true });
  const submit = () => {
    const wrong = {
      ...(file === null ? { file: "Choisissez le fichier de l’autre utilisateur." } : {}),
      ...(passphrase === "" ? { passphrase: "Écrivez la phrase secrète du fichier." } : {}),
    };
    if (!refuse(wrong) || file === null) return;
    simulate.mutate(
      { file_id: file.id, passphrase },
      {
        onSuccess: (simulation) => setSession({ ...session, simulation, sides: new Map() }),
        onError: ({ field, message }) => {
          if (field) refuse({ [field]: message });
        },
      },
    );
  };
  return (
    <Card title="Réunir avec le fichier de l’autre utilisateur" icon={GitMerge}>
      <p>
        {fr`Le correspondant et le gestionnaire réseau tiennent chacun leur Relais ? Ouvrez ici le fichier de passation de l'autre : vous verrez ce qu'il apporte, et vous choisirez champ par champ là où vous différez.`}
      </p>
      <Form
        ref={form}
        validationBehavior="aria"
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <HandoverFileField
          file={file}
          error={errors.file}
          onTaken={(taken) => {
            mend(["file"]);
            simulate.reset();
            setSession({ ...session, file: taken });
          }}
        />
        <TextField
          label="Phrase secrète du fichier"
          type="password"
          autoComplete="off"
          value={passphrase}
          onChange={(typed) => {
            mend(["passphrase"]);
            setSession({ ...session, passphrase: typed });
          }}
          error={errors.passphrase}
        />
        {simulate.error && simulate.error.field === null && (
          <Callout tone="bad" title="Les deux n’ont pas pu être comparés" announce>
            {explain(simulate.error)}
          </Callout>
        )}
        <div>
          <Button type="submit" icon={ScanSearch} isPending={simulate.isPending}>
            {simulate.isPending ? "Comparaison…" : "Comparer"}
          </Button>
        </div>
      </Form>
    </Card>
  );
}
