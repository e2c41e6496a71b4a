//! Réglages, the parts that are read more than written: display, security, sample collège, about.
//! Invariant: the accessibility statement says what was checked and how, and never more.
import { GraduationCap, KeyRound, LogOut } from "lucide-react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Definitions } from "../../components/Definitions";
import { Kbd } from "../../components/Kbd";
import { Stack } from "../../components/Page";
import { RadioCards } from "../../components/RadioCards";
import { useAct } from "../../data";
import { fr } from "../../text/fr";
import type { KeyPlace, Mode, Settings, Theme } from "../../wire/types";
import styles from "./Settings.module.css";

const THEMES: readonly { id: Theme; label: string; hint?: string }[] = [
  { id: "systeme", label: "Comme l’ordinateur", hint: "Clair le jour, sombre la nuit, si l’ordinateur le fait." },
  { id: "clair", label: "Clair" },
  { id: "sombre", label: "Sombre" },
];

export function DisplayPart({ theme }: { theme: Theme }) {
  const save = useAct("theme_save");
  // While it is being saved, the choice just made is already the one shown.
  const shown = (save.isPending && save.variables?.theme) || theme;
  return (
    <Card title="Affichage">
      <RadioCards
        label="Couleurs de la fenêtre"
        options={THEMES}
        value={shown}
        onChange={(id) => {
          const next = THEMES.find((each) => each.id === id);
          if (next) save.mutate({ theme: next.id });
        }}
      />
      <p className={styles.quiet}>
        Relais suit aussi les réglages de contraste et d’animations réduites de l’ordinateur.
      </p>
    </Card>
  );
}

const KEYS: Record<KeyPlace, { where: string; meaning: string }> = {
  trousseau: {
    where: "Dans le trousseau de votre session",
    meaning: "Relais s’ouvre sans rien demander, quand votre session est ouverte. Verrouillez l’écran en partant.",
  },
  phrase: {
    where: "Dans votre phrase secrète",
    meaning: fr`Elle est demandée à chaque démarrage et n’est écrite nulle part : personne ne peut la retrouver à votre place.`,
  },
  essai: {
    where: "Dans le programme, la même pour tous",
    meaning: "Le collège d’exemple ne contient que des données inventées.",
  },
};

export function SecurityPart({ place, folder }: { place: KeyPlace; folder: string }) {
  const { where, meaning } = KEYS[place];
  return (
    <Stack>
      <Card title="Vos données sont chiffrées sur cet ordinateur" icon={KeyRound}>
        <Definitions
          items={[
            { term: "Où est la clé", value: where },
            { term: "Dossier de données", value: <span className="mono">{folder}</span> },
            { term: "Mot de passe à usage unique", value: "Jamais enregistré" },
          ]}
        />
        <p>{meaning}</p>
      </Card>
      <p className={styles.quiet}>
        {fr`Seules les demandes mises en file d’envoi quittent cet ordinateur, vers la plateforme d’assistance et elle seule. Relais ne tient aucune donnée d’élève : n’en écrivez pas dans vos demandes.`}
      </p>
    </Stack>
  );
}

export function TrainingPart({ mode }: { mode: Mode }) {
  const start = useAct("training_start");
  const leave = useAct("training_leave");
  if (mode === "essai") {
    return (
      <Card title="Vous êtes dans le collège d’exemple">
        <p>
          Tout y est inventé, et rien ne part vers la vraie plateforme. Le bandeau du haut coupe le réseau, pour voir ce
          que deviennent les envois. Ce que vous y avez fait reste là pour la prochaine fois.
        </p>
        <div>
          <Button variant="primary" icon={LogOut} isPending={leave.isPending} onPress={() => leave.mutate({})}>
            Quitter le collège d’exemple
          </Button>
        </div>
      </Card>
    );
  }
  return (
    <Card title="S’exercer sans risque">
      <p>
        {fr`Le collège d’exemple a son matériel, ses contacts, ses dossiers et sa propre plateforme : on peut tout y essayer. Vos vraies données n’y sont pas, et vous les retrouvez en sortant.`}
      </p>
      <div>
        <Button variant="primary" icon={GraduationCap} isPending={start.isPending} onPress={() => start.mutate({})}>
          {start.isPending ? "Préparation de l’exemple…" : "Ouvrir le collège d’exemple"}
        </Button>
      </div>
    </Card>
  );
}

export function AboutPart({ settings }: { settings: Settings }) {
  return (
    <Stack>
      <Card title="Relais">
        <Definitions
          items={[
            { term: "Version", value: settings.version },
            { term: "Convention", value: settings.pack_name },
            { term: "Version de la convention", value: settings.pack_version },
            { term: "Licence", value: "EUPL 1.2, logiciel libre" },
            { term: "Caractères", value: "Atkinson Hyperlegible Next, licence SIL OFL" },
            { term: "Touches du clavier", value: <Kbd>?</Kbd> },
          ]}
        />
      </Card>
      <Card title="Accessibilité">
        <Callout title={fr`État : conformité non établie`}>
          {fr`Relais n’a pas encore été audité selon le RGAA 4.1. On ne peut donc pas dire qu’il y est conforme.`}
        </Callout>
        <ul className={styles.list}>
          <li>
            <strong>{fr`Ce qui est vérifié :`}</strong> chaque écran, en clair et en sombre, par l’outil automatique
            axe-core. Un tel outil couvre au mieux un cinquième des 106 critères.
          </li>
          <li>
            <strong>{fr`Ce qui est prévu par construction :`}</strong> tout se fait au clavier, le focus est visible,
            les contrastes de texte atteignent 4,5 pour 1, l’écran se lit agrandi deux fois et dans une fenêtre étroite.
          </li>
          <li>
            <strong>{fr`Ce qui reste à faire :`}</strong> la vérification à la main des autres critères, et l’essai avec
            des lecteurs d’écran par des personnes qui s’en servent.
          </li>
        </ul>
        <p className={styles.quiet}>
          {fr`Quelque chose vous arrête ? Dites-le à la personne qui vous a remis Relais, en joignant le diagnostic.`}
        </p>
      </Card>
    </Stack>
  );
}
