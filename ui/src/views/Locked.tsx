//! The data folder is closed: the passphrase opens it; or it could not be opened, and this says what to do.
//! Invariant: nothing here destroys anything. A damaged file is renamed, never deleted, and only when asked.
import { FolderArchive, LockOpen, RotateCw } from "lucide-react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Card } from "../components/Card";
import { Definitions } from "../components/Definitions";
import { Disclosure } from "../components/Disclosure";
import { TextField } from "../components/Field";
import { PageHeader } from "../components/Page";
import { useAct } from "../data";
import { useRefusals } from "../features/profile/useRefusals";
import { Checks } from "../features/settings/Checks";
import { Start } from "../features/start/Start";
import styles from "../features/start/Start.module.css";
import { fr } from "../text/fr";
import type { Problem, Status } from "../wire/types";

export default function Locked({ status }: { status: Status }) {
  return (
    <Start>{status.problem ? <Unreadable problem={status.problem} version={status.version} /> : <Passphrase />}</Start>
  );
}

function Passphrase() {
  const unlock = useAct("unlock", { quiet: true });
  const [passphrase, setPassphrase] = useState("");
  const { form, errors, refuse, mend } = useRefusals();
  return (
    <>
      <PageHeader title="Relais est fermé" subtitle="Vos données sont chiffrées sur cet ordinateur." />
      <Form
        ref={form}
        validationBehavior="aria"
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          if (passphrase === "") {
            refuse({ passphrase: "Écrivez votre phrase secrète." });
            return;
          }
          unlock.mutate({ passphrase }, { onError: ({ message }) => refuse({ passphrase: message }) });
        }}
      >
        <Card>
          {" "}
          <TextField
            label="Votre phrase secrète"
            hint="Celle que vous avez choisie au premier démarrage."
            type="password"
            autoComplete="current-password"
            autoFocus
            value={passphrase}
            onChange={(typed) => {
              mend(["passphrase"]);
              setPassphrase(typed);
            }}
            error={errors.passphrase}
            isRequired
          />
        </Card>{" "}
        <div className={styles.actions}>
          <div className={styles.next}>
            <Button type="submit" variant="primary" icon={LockOpen} isPending={unlock.isPending}>
              {unlock.isPending ? "Ouverture…" : "Ouvrir"}
            </Button>
          </div>
        </div>
      </Form>
      <p className={styles.quiet}>
        {fr`Sans cette phrase, personne ne peut lire vos données, pas même Relais. Si elle est perdue, cherchez l’endroit où vous l’avez notée : rien n’est effacé en attendant.`}
      </p>
    </>
  );
}

function Unreadable({ problem, version }: { problem: Problem; version: string }) {
  const reopen = useAct("reopen");
  const setAside = useAct("set_aside");
  const damaged = problem.code === "donnees-abimees";
  return (
    <>
      <PageHeader title="Vos données n’ont pas pu être ouvertes" subtitle="Rien n’a été modifié ni effacé." />
      <Callout
        tone="bad"
        actions={
          <>
            <Button
              variant={damaged ? "secondary" : "primary"}
              icon={RotateCw}
              isPending={reopen.isPending}
              onPress={() => reopen.mutate({})}
            >
              {damaged ? "Réessayer" : problem.action}
            </Button>
            {damaged && (
              <Button
                variant="primary"
                icon={FolderArchive}
                isPending={setAside.isPending}
                onPress={() => setAside.mutate({})}
              >
                {problem.action}
              </Button>
            )}
          </>
        }
      >
        {problem.sentence}
      </Callout>
      {damaged && (
        <p className={styles.quiet}>
          {fr`« Mettre de côté » renomme le fichier dans son dossier : il reste récupérable. Relais recommence alors comme au premier jour.`}
        </p>
      )}
      <Card title="Pour la personne qui vous dépanne">
        <Definitions
          items={[
            { term: "Dossier de données", value: <span className="mono">{problem.folder}</span> },
            { term: "Nature du problème", value: <span className="mono">{problem.code}</span> },
            { term: "Version de Relais", value: version },
          ]}
        />
        <Disclosure title="Diagnostic">
          <Checks />
        </Disclosure>
      </Card>
    </>
  );
}
