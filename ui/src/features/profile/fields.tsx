//! The fields of a profile, shared by the first start and Réglages: the collège, the person, the platform.
import { useState } from "react";
import { Checkbox } from "../../components/Checkbox";
import { FieldGrid, TextField } from "../../components/Field";
import { Stack } from "../../components/Page";
import { RadioCards } from "../../components/RadioCards";
import { ComboBox } from "../../components/Select";
import { fr } from "../../text/fr";
import type { College, PlatformKind, Role } from "../../wire/types";
import type { DraftProps } from "./draft";

/** Annexe 1 gives « Desaix »; everyone says « le collège Desaix ». */
function fullName({ name }: College): string {
  return `Collège ${name}`;
}

interface CollegeFieldsProps extends DraftProps {
  colleges: readonly College[];
}

export function CollegeFields({ colleges, draft, change, errors }: CollegeFieldsProps) {
  const chosen = colleges.find((college) => fullName(college) === draft.college && college.commune === draft.commune);
  const [outside, setOutside] = useState(draft.college !== "" && chosen === undefined);
  const choose = (id: string | null) => {
    const college = colleges.find(({ name }) => name === id);
    if (college) {
      change({
        college: fullName(college),
        commune: college.commune,
        cite_scolaire: college.cite_scolaire,
        region_maintains: null,
      });
    } else change({ college: "", commune: "", cite_scolaire: false, region_maintains: null });
  };
  return (
    <Stack>
      {outside ? (
        <FieldGrid>
          <TextField
            label="Nom du collège"
            value={draft.college}
            onChange={(college) => change({ college })}
            error={errors.college}
            autoComplete="organization"
            isRequired
          />
          <TextField
            label="Commune"
            value={draft.commune}
            onChange={(commune) => change({ commune })}
            error={errors.commune}
            optional
          />
        </FieldGrid>
      ) : (
        <ComboBox
          label="Votre collège"
          hint="Tapez quelques lettres de son nom ou de sa commune."
          placeholder="Chercher un collège"
          menuTrigger="input"
          options={colleges.map((college) => ({
            id: college.name,
            label: `${fullName(college)}, ${college.commune}`,
            detail: college.cite_scolaire ? "Cité scolaire" : undefined,
          }))}
          value={chosen?.name ?? null}
          onChange={(key) => choose(key === null ? null : String(key))}
          error={errors.college}
          isRequired
        />
      )}
      <Checkbox
        isSelected={outside}
        onChange={(next) => {
          setOutside(next);
          if (!next) choose(null);
        }}
      >
        Mon collège n’est pas dans la liste
      </Checkbox>
      {outside && (
        <Checkbox
          isSelected={draft.cite_scolaire}
          onChange={(cite_scolaire) => change({ cite_scolaire, region_maintains: null })}
        >
          C’est une cité scolaire, avec un lycée dans les mêmes murs
        </Checkbox>
      )}
      {draft.cite_scolaire && (
        <RadioCards
          label={fr`Dans votre cité scolaire, qui entretient le matériel ?`}
          options={MAINTAINERS}
          value={draft.region_maintains === null ? "inconnu" : draft.region_maintains ? "region" : "departement"}
          onChange={(id) => change({ region_maintains: id === "inconnu" ? null : id === "region" })}
          error={errors.region_maintains}
          numbered={false}
        />
      )}
    </Stack>
  );
}

const MAINTAINERS = [
  { id: "departement", label: "Le Département" },
  { id: "region", label: "La Région" },
  { id: "inconnu", label: "Je ne sais pas encore", hint: "Relais le rappellera sur chaque demande concernée." },
] as const;

const ROLES: readonly { id: Role; label: string; hint: string }[] = [
  {
    id: "correspondant",
    label: "Correspondant maintenance informatique",
    hint: "Je recueille les pannes et les demandes, je suis les dossiers.",
  },
  {
    id: "gestionnaire",
    label: "Gestionnaire réseau",
    hint: "Je gère les comptes et les partages, je signale les pannes des salles informatiques.",
  },
];

/** `numbered`: keys 1 and 2 choose the role, where nothing else on screen answers to them. */
export function PersonFields({ draft, change, errors, numbered = false }: DraftProps & { numbered?: boolean }) {
  return (
    <Stack>
      <RadioCards
        label={fr`Quel est votre rôle ?`}
        options={ROLES}
        value={draft.role}
        onChange={(id) => change({ role: ROLES.find((role) => role.id === id)?.id ?? null })}
        error={errors.role}
        numbered={numbered}
      />
      <FieldGrid>
        <TextField
          label="Prénom"
          value={draft.first_name}
          onChange={(first_name) => change({ first_name })}
          error={errors.first_name}
          autoComplete="given-name"
          isRequired
        />
        <TextField
          label="Nom"
          value={draft.last_name}
          onChange={(last_name) => change({ last_name })}
          error={errors.last_name}
          autoComplete="family-name"
          isRequired
        />
        <TextField
          label="Téléphone"
          type="tel"
          hint="Où le technicien peut vous rappeler."
          value={draft.phone}
          onChange={(phone) => change({ phone })}
          error={errors.phone}
          autoComplete="tel"
          optional
        />
        <TextField
          label="Courriel professionnel"
          type="email"
          hint={fr`Exemple : prenom.nom@exemple.fr`}
          value={draft.email}
          onChange={(email) => change({ email })}
          error={errors.email}
          autoComplete="email"
          optional
        />
      </FieldGrid>
    </Stack>
  );
}

const PLATFORMS: readonly { id: PlatformKind; label: string; hint: string }[] = [
  {
    id: "remedy",
    label: "Relais envoie mes demandes",
    hint: "Chacune part une seule fois, dès que le réseau et votre mot de passe à usage unique sont là.",
  },
  {
    id: "manuel",
    label: "Je recopie à la main dans le portail",
    hint: "Relais met chaque champ prêt à copier, puis vous notez le numéro reçu. Toujours possible, sans rien régler.",
  },
];

export function PlatformFields({ draft, change, errors, numbered = false }: DraftProps & { numbered?: boolean }) {
  return (
    <Stack>
      <RadioCards
        label={fr`Comment vos demandes arrivent-elles à la plateforme d’assistance ?`}
        options={PLATFORMS}
        value={draft.platform}
        onChange={(id) => change({ platform: PLATFORMS.find((platform) => platform.id === id)?.id ?? null })}
        error={errors.platform}
        numbered={numbered}
      />
      {draft.platform === "remedy" && (
        <FieldGrid>
          <TextField
            label="Adresse de la plateforme"
            type="url"
            hint={fr`Donnée avec votre clé. Exemple : https://assistance.exemple.fr`}
            value={draft.platform_url}
            onChange={(platform_url) => change({ platform_url })}
            error={errors.platform_url}
            autoComplete="url"
            isRequired
          />
          <TextField
            label="Votre identifiant"
            hint="Le mot de passe à usage unique est demandé au moment d’envoyer, jamais enregistré."
            value={draft.platform_login}
            onChange={(platform_login) => change({ platform_login })}
            error={errors.platform_login}
            autoComplete="username"
            optional
          />
        </FieldGrid>
      )}
    </Stack>
  );
}
