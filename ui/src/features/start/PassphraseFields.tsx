//! The passphrase, where the computer keeps no keys: typed twice, because nobody can find it again.
import { useState } from "react";
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

interface PassphraseFieldsProps {
  value: Passphrase;
  onChange: (value: Passphrase) => void;
  errors: FieldErrors;
}

export function PassphraseFields({ value, onChange, errors }: PassphraseFieldsProps) {
  const [shown, setShown] = useState(false);
  const type = shown ? "text" : "password";
  return (
    <Stack>
      <Callout tone="care" title="Notez-la et rangez-la en lieu sûr">
        Cet ordinateur n’a pas de trousseau de clés. Vos données s’ouvriront avec cette phrase, et seulement avec elle{" "}
        {fr`: personne ne peut la retrouver à votre place.`}
      </Callout>
      <TextField
        label="Phrase secrète"
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
