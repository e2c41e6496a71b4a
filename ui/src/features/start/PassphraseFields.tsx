//! A new passphrase, typed twice, because nobody can find it again: the one of a computer that keeps no keys, or the one
//! of a file that is handed over.
import { type ReactNode, useState } from "react";
import { Callout } from "../../components/Callout";
import { Checkbox } from "../../components/Checkbox";
import { TextField } from "../../components/Field";
import { Stack } from "../../components/Page";
import { fr } from "../../text/fr";
import type { FieldErrors } from "../profile/draft";

export interface Passphrase {
  first: string;
  again: string;
}

const NO_KEYRING = (
  <Callout tone="care" title="Notez-la et rangez-la en lieu sûr">
    {fr`Cet ordinateur n'a pas de trousseau de clés. Vos données s'ouvriront avec cette phrase, et seulement avec elle : personne ne peut la retrouver à votre place.`}
  </Callout>
);

interface PassphraseFieldsProps {
  value: Passphrase;
  onChange: (value: Passphrase) => void;
  /** Of `passphrase` and `again`. */
  errors: FieldErrors;
  label?: string;
  /** What is to be known before choosing it. */
  notice?: ReactNode;
}

/** What is wrong before anything is asked: nothing typed, or two that differ. */
export function unlike({ first, again }: Passphrase): FieldErrors {
  if (first === "") return { passphrase: "Choisissez une phrase secrète." };
  return first === again ? {} : { again: fr`Les deux phrases diffèrent : écrivez la même, ou corrigez la première.` };
}

export function PassphraseFields(props: PassphraseFieldsProps) {
  const { value, onChange, errors, label = "Phrase secrète", notice = NO_KEYRING } = props;
  const [shown, setShown] = useState(false);
  const type = shown ? "text" : "password";
  return (
    <Stack>
      {notice}
      <TextField
        label={label}
        hint={fr`Douze caractères au moins. Quatre mots sans lien entre eux font une bonne phrase.`}
        type={type}
        autoComplete="new-password"
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        error={errors.passphrase}
        isRequired
      />
      <TextField
        label="La même, une seconde fois"
        type={type}
        autoComplete="new-password"
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        error={errors.again}
        isRequired
      />
      <Checkbox isSelected={shown} onChange={setShown}>
        Montrer la phrase
      </Checkbox>
    </Stack>
  );
}
