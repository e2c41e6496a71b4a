//! A version of the convention before it is installed: who wrote it, what is wrong in it, what it would change, and how
//! far the person trusts it. Invariant: with a mistake in it, or without a decision about its author, nothing is installed.
import { ArrowLeft, PackageCheck } from "lucide-react";
import { useEffect, useRef } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { CopyButton } from "../../components/CopyButton";
import { Definitions } from "../../components/Definitions";
import { TextField } from "../../components/Field";
import { Stack } from "../../components/Page";
import { type RadioCard, RadioCards } from "../../components/RadioCards";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { agree, fr, plural } from "../../text/fr";
import type { PackInfo, PackInspection, PackMistake, Trust } from "../../wire/types";
import { More, useMore } from "../import/More";
import { useRefusals } from "../profile/useRefusals";
import { Differences } from "./Differences";
import styles from "./Packs.module.css";
import { NO_PACK, type PackSession } from "./session";
import { verdictOf } from "./words";

interface InspectionProps {
  inspection: PackInspection;
  session: PackSession;
  setSession: (session: PackSession) => void;
  inForce?: PackInfo;
}

const ONCE: RadioCard & { id: Trust } = {
  id: "une-fois",
  label: "Installer ce fichier, cette fois seulement",
  hint: "Vous savez d’où il vient. Le prochain fichier vous posera la même question.",
};
const KEY: RadioCard & { id: Trust } = {
  id: "cle",
  label: "Faire confiance à cette clé désormais",
  hint: "Vous avez vérifié à qui elle appartient. Tout ce qu’elle signera sera reconnu.",
};
const NO: RadioCard & { id: Trust } = {
  id: "non",
  label: "Ne pas l’installer",
  hint: "Interrogez d’abord la personne qui vous l’a remis\u202f: rien ne presse.",
};

export function Inspection({ inspection, session, setSession, inForce }: InspectionProps) {
  const { name, departement, version, signature, comment, mistakes, diff } = inspection;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const leave = () => setSession(NO_PACK);
  const verdict = verdictOf(inspection);
  return (
    <Stack>
      <div>
        <Button variant="quiet" size="small" icon={ArrowLeft} onPress={leave}>
          Revenir sans installer
        </Button>
      </div>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {fr`Version ${version}, à examiner`}
      </h2>
      <Card>
        <Definitions
          items={[
            { term: "Nom", value: name },
            { term: "Département", value: departement },
            ...(inForce ? [{ term: "En vigueur aujourd’hui", value: fr`Version ${inForce.version}` }] : []),
            ...(comment ? [{ term: "Mot du signataire", value: comment }] : []),
          ]}
        />
      </Card>
      {inForce && inForce.departement !== departement && (
        <Callout tone="care" title="Ce n’est pas votre Département">
          {fr`Cette convention est celle du Département « ${departement} », la vôtre celle du Département « ${inForce.departement} ». Ne l'installez que si c'est bien celle de votre collège.`}
        </Callout>
      )}
      <Callout tone={verdict.tone} title={verdict.title}>
        {verdict.text}
      </Callout>
      {mistakes.length > 0 && <Mistakes mistakes={mistakes} />}
      {diff && <Differences diff={diff} />}
      {mistakes.length === 0 && (
        <Installing
          {...{ inspection, session, setSession, leave }}
          needsTrust={signature !== "reconnue"}
          {...(inForce ? { inForce } : {})}
        />
      )}
    </Stack>
  );
}

function Mistakes({ mistakes }: { mistakes: readonly PackMistake[] }) {
  const { shown, ...rest } = useMore(mistakes, 30);
  return (
    <Card
      title="À corriger par son auteur"
      count={mistakes.length}
      actions={<CopyButton text={asText(mistakes)} what="la liste des fautes" />}
    >
      <p>
        {fr`Cette version ne peut pas être installée : ${plural(mistakes.length, "faute y a été trouvée", "fautes y ont été trouvées")}. Transmettez cette liste à la personne qui l'a écrite.`}
      </p>
      <Rows label="Fautes de cette version">
        {shown.map(({ file, line, column, message }) => (
          <Row
            key={`${file} ${line} ${column} ${message}`}
            title={<span className={styles.message}>{message}</span>}
            meta={
              <>
                <span className="mono">{file}</span>
                {fr`, ligne ${line}, colonne ${column}`}
              </>
            }
          />
        ))}
      </Rows>
      <More {...rest} what={agree(rest.left, "faute")} />
    </Card>
  );
}

/** As the command line writes them, for whoever mends the files. */
function asText(mistakes: readonly PackMistake[]): string {
  return mistakes.map(({ file, line, column, message }) => `${file}:${line}:${column}\u202f: ${message}`).join("\n");
}

interface InstallingProps extends InspectionProps {
  needsTrust: boolean;
  leave: () => void;
}

function Installing({ inspection, session, setSession, inForce, needsTrust, leave }: InstallingProps) {
  const { trust, keyLabel } = session;
  const { form, errors, refuse, mend } = useRefusals();
  const install = useAct("pack_install", { quiet: true });
  const use = useAct("pack_use");
  const options = inspection.signature === "inconnue" ? [KEY, ONCE, NO] : [ONCE, NO];
  const submit = () => {
    if (needsTrust && trust === "non") {
      leave();
      return;
    }
    const wrong = {
      ...(needsTrust && trust === null ? { trust: "Dites d’abord si vous faites confiance à ce fichier." } : {}),
      ...(trust === "cle" && keyLabel.trim() === "" ? { key_label: "Dites à qui appartient cette clé." } : {}),
    };
    if (!refuse(wrong)) return;
    install.mutate(
      {
        file_id: inspection.file_id,
        trust: needsTrust ? (trust ?? "non") : "non",
        key_label: trust === "cle" ? keyLabel.trim() : "",
      },
      {
        onSuccess: () => {
          leave();
          say({
            text: fr`La version ${inspection.version} est installée et en vigueur.`,
            ...(inForce ? { action: { label: "Annuler", run: () => use.mutate({ id: inForce.id }) } } : {}),
          });
        },
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
      },
    );
  };
  return (
    <Form
      ref={form}
      validationBehavior="aria"
      className={styles.form ?? ""}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {needsTrust && (
        <Card>
          <RadioCards
            label={"Lui faites-vous confiance\u202f?"}
            options={options}
            value={trust}
            onChange={(id) => {
              setSession({ ...session, trust: options.find((option) => option.id === id)?.id ?? null });
              mend(["trust"]);
            }}
            error={errors.trust}
            numbered={false}
          />
          {trust === "cle" && (
            <TextField
              label="À qui appartient cette clé"
              hint={fr`Un nom que vous reconnaîtrez : « DSI du Département ».`}
              value={keyLabel}
              onChange={(typed) => {
                setSession({ ...session, keyLabel: typed });
                mend(["key_label"]);
              }}
              error={errors.key_label}
              autoComplete="off"
            />
          )}
        </Card>
      )}
      {install.error && (install.error.field === null || !["trust", "key_label"].includes(install.error.field)) && (
        <Callout tone="bad" title="La version n’a pas été installée" announce>
          {explain(install.error)}
        </Callout>
      )}
      <div className={styles.bar}>
        <Button onPress={leave}>Ne pas installer</Button>
        {!(needsTrust && trust === "non") && (
          <Button type="submit" variant="primary" icon={PackageCheck} isPending={install.isPending}>
            {install.isPending ? "Installation…" : "Installer"}
          </Button>
        )}
      </div>
    </Form>
  );
}
