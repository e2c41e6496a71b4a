//! First start: three short steps — the collège, the person, the platform — or the sample collège, or a predecessor's
//! file. A fourth step asks for a passphrase, only where the computer keeps no keys.
//! Invariant: going back loses nothing; a refusal leads to the step and the field to mend.
import { ArrowLeft, ArrowRight, Check } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Card } from "../components/Card";
import { PageHeader } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { ProgressSteps } from "../components/Steps";
import { useAct, useCall } from "../data";
import { explain } from "../errors/table";
import { AdoptForm } from "../features/handover/AdoptForm";
import { EMPTY, emptyFields, type FieldErrors, finished, STEP_FIELDS, stepOf } from "../features/profile/draft";
import { CollegeFields, PersonFields, PlatformFields } from "../features/profile/fields";
import { useRefusals } from "../features/profile/useRefusals";
import { PassphraseFields, unlike } from "../features/start/PassphraseFields";
import { Start } from "../features/start/Start";
import styles from "../features/start/Start.module.css";
import { TakeOver, TryIt } from "../features/start/TryIt";

const STEPS = ["Le collège", "Vous", "La plateforme", "La phrase secrète"] as const;

const TITLES: readonly { title: string; subtitle: string }[] = [
  { title: "Bienvenue dans Relais", subtitle: "Quelques réponses, et vous pourrez signaler votre première panne." },
  {
    title: "Votre rôle et vous",
    subtitle: "Ces renseignements accompagnent vos demandes, pour qu’on puisse vous rappeler.",
  },
  { title: "La plateforme d’assistance", subtitle: "Vous pourrez changer d’avis dans Réglages." },
  { title: "Votre phrase secrète", subtitle: "Elle ouvre vos données, à chaque démarrage." },
];

export default function FirstStart() {
  const [following, setFollowing] = useState(false);
  const choices = useCall("first_start_choices", {});
  const begin = useAct("first_start", { quiet: true });
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState(EMPTY);
  const [passphrase, setPassphrase] = useState({ first: "", again: "" });
  const { form, errors, refuse, mend } = useRefusals();

  const asksPassphrase = choices.data?.keyring === false;
  const last = asksPassphrase ? 3 : 2;
  const { title, subtitle } = TITLES[step] ?? { title: "", subtitle: "" };
  const change = (part: Partial<typeof draft>) => {
    mend(Object.keys(part));
    setDraft((current) => ({ ...current, ...part }));
  };
  const fields = { draft, change, errors };

  const stepErrors = (): FieldErrors => {
    const asked = STEP_FIELDS[step];
    if (asked) return emptyFields(draft, asked);
    return unlike(passphrase);
  };

  const goOn = () => {
    if (!refuse(stepErrors())) return;
    const profile = finished(draft);
    if (step < last || !profile) {
      setStep(step + 1);
      return;
    }
    begin.mutate(
      { profile, passphrase: asksPassphrase ? passphrase.first : null },
      {
        onError: ({ field, message }) => {
          if (!field) return;
          setStep(Math.min(stepOf(field), last));
          refuse({ [field]: message });
        },
      },
    );
  };

  const parts: readonly ReactNode[] = [
    choices.data ? (
      <CollegeFields key="college" colleges={choices.data.colleges} {...fields} />
    ) : (
      <Skeleton key="wait" />
    ),
    <PersonFields key="person" numbered {...fields} />,
    <PlatformFields key="platform" numbered {...fields} />,
    <PassphraseFields
      key="passphrase"
      value={passphrase}
      onChange={(typed) => {
        mend(["passphrase", "again"]);
        setPassphrase(typed);
      }}
      errors={errors}
    />,
  ];

  if (following) {
    return (
      <Start>
        <PageHeader
          title="Reprendre la suite d’un collègue"
          subtitle="Tout ce que votre prédécesseur a tenu, dans Relais, sur cet ordinateur."
        />
        <AdoptForm choices={choices.data} onBack={() => setFollowing(false)} />
      </Start>
    );
  }
  return (
    <Start
      aside={
        <>
          <TakeOver onPress={() => setFollowing(true)} />
          <TryIt />
        </>
      }
    >
      <ProgressSteps label="Étapes du premier démarrage" steps={STEPS.slice(0, last + 1)} current={step} />
      <PageHeader key={step} title={title} subtitle={subtitle} />
      {choices.error && (
        <Callout tone="bad" title="La liste des collèges n’a pas pu être lue">
          {explain(choices.error)}
        </Callout>
      )}
      <Form
        ref={form}
        validationBehavior="aria"
        className={styles.form ?? ""}
        onSubmit={(event) => {
          event.preventDefault();
          goOn();
        }}
      >
        <Card>{parts[step]}</Card>
        {begin.error && !begin.error.field && (
          <Callout tone="bad" title="Relais n’a pas pu commencer" announce>
            {begin.error.message}
          </Callout>
        )}
        <div className={styles.actions}>
          {step > 0 && (
            <Button
              icon={ArrowLeft}
              onPress={() => {
                refuse({});
                setStep(step - 1);
              }}
            >
              Retour
            </Button>
          )}
          <div className={styles.next}>
            <Button
              type="submit"
              variant="primary"
              isPending={begin.isPending}
              endIcon={step < last ? ArrowRight : Check}
              isDisabled={!choices.data && !choices.error}
            >
              {step < last ? "Continuer" : begin.isPending ? "Préparation…" : "Ouvrir Relais"}
            </Button>
          </div>
        </div>
      </Form>
      {step === last && choices.data && (
        <p className={styles.quiet}>
          Vos données resteront sur cet ordinateur, chiffrées, dans <span className="mono">{choices.data.folder}</span>.
        </p>
      )}
    </Start>
  );
}
