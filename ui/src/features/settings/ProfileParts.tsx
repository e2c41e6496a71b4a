//! Réglages, « Votre collège et vous » and « Plateforme »: two parts of one profile, each saved by its own button.
//! Invariant: saving one part never carries along what was typed and not saved in the other; what was there before
//! comes back with « Annuler ». What was typed is held by the page, so that going from tab to tab loses nothing.
import { Save } from "lucide-react";
import type { ReactNode } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Disclosure } from "../../components/Disclosure";
import { TextField } from "../../components/Field";
import { Stack } from "../../components/Page";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { fr } from "../../text/fr";
import type { Mode, Profile } from "../../wire/types";
import { type Draft, type DraftProps, emptyFields, finished, STEP_FIELDS } from "../profile/draft";
import { CollegeFields, PersonFields, PlatformFields } from "../profile/fields";
import { useRefusals } from "../profile/useRefusals";
import styles from "./Settings.module.css";

/** What was typed in one part and not saved yet. */
export interface Typed {
  typed: Partial<Draft>;
  setTyped: (typed: Partial<Draft>) => void;
}

interface PartProps extends Typed {
  profile: Profile;
  fields: readonly (keyof Profile)[];
  saved: string;
  children: (fields: DraftProps) => ReactNode;
}

function Part({ profile, typed, setTyped, fields, saved, children }: PartProps) {
  const save = useAct("profile_save", { quiet: true });
  const { form, errors, refuse, mend } = useRefusals();
  const draft = { ...profile, ...typed };

  const submit = () => {
    const next = finished(draft);
    if (!refuse(emptyFields(draft, fields)) || !next) return;
    save.mutate(next, {
      onSuccess: () => {
        setTyped({});
        say({ text: saved, action: { label: "Annuler", run: () => save.mutate(profile) } });
      },
      onError: ({ field, message }) => {
        if (field) refuse({ [field]: message });
      },
    });
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
      {children({
        draft,
        change: (part) => {
          mend(Object.keys(part));
          setTyped({ ...typed, ...part });
        },
        errors,
      })}
      {save.error && !save.error.field && (
        <Callout tone="bad" title="Rien n’a été enregistré" announce>
          {save.error.message}
        </Callout>
      )}
      <div>
        <Button type="submit" variant="primary" icon={Save} isPending={save.isPending}>
          Enregistrer
        </Button>
      </div>
    </Form>
  );
}

export function ProfilePart({ profile, ...typed }: Typed & { profile: Profile }) {
  const choices = useCall("first_start_choices", {});
  return (
    <Part
      profile={profile}
      {...typed}
      fields={[...STEP_FIELDS[0], ...STEP_FIELDS[1]]}
      saved="Collège et profil enregistrés."
    >
      {(fields) => (
        <Stack>
          <Card title="Votre collège">
            {choices.data || choices.error ? (
              <CollegeFields colleges={choices.data?.colleges ?? []} {...fields} />
            ) : (
              <Skeleton />
            )}
          </Card>
          <Card title="Votre rôle et vous">
            <PersonFields {...fields} />
          </Card>
        </Stack>
      )}
    </Part>
  );
}

export function PlatformPart({ profile, mode, ...typed }: Typed & { profile: Profile; mode: Mode }) {
  if (mode === "essai") {
    return (
      <Callout title="La plateforme de l’exemple est dans l’application">
        {fr`Il n’y a rien à régler ici : le collège d’exemple envoie ses demandes à une plateforme d’essai, sur cet ordinateur.`}
      </Callout>
    );
  }
  return (
    <Part profile={profile} {...typed} fields={STEP_FIELDS[2]} saved="Plateforme enregistrée.">
      {(fields) => (
        <Card title="La plateforme d’assistance">
          <PlatformFields {...fields} />
          {fields.draft.platform === "remedy" && (
            <Disclosure title="Réglage pour la personne qui administre la plateforme">
              <TextField
                label="Champ qui porte la référence de Relais"
                hint={fr`Relais y écrit « REL-… » et le relit avant tout nouvel essai : c’est ce qui empêche un dossier de partir deux fois.`}
                mono
                value={fields.draft.reference_field}
                onChange={(reference_field) => fields.change({ reference_field })}
                error={fields.errors.reference_field}
              />
            </Disclosure>
          )}
        </Card>
      )}
    </Part>
  );
}
