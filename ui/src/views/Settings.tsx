//! Réglages: the collège and the person, the platform, the convention, the display, where the key is, handing over, acts
//! on many rows, the sample collège, diagnostics, about. A link may ask for a part in the state of the navigation.
import { History, RotateCw, Stethoscope } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { Card } from "../components/Card";
import { Page, Stack } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { Tabs } from "../components/Tabs";
import { useCall } from "../data";
import { explain } from "../errors/table";
import { ExportPart } from "../features/handover/ExportPart";
import { MergePart, type MergePartProps } from "../features/handover/MergePart";
import { NO_MERGE } from "../features/handover/session";
import { Batches } from "../features/import/Batches";
import { PacksPart, type PacksPartProps } from "../features/packs/PacksPart";
import { NO_PACK } from "../features/packs/session";
import type { Draft } from "../features/profile/draft";
import { Checks } from "../features/settings/Checks";
import { AboutPart, DisplayPart, SecurityPart, TrainingPart } from "../features/settings/OtherParts";
import { PlatformPart, ProfilePart, type Typed } from "../features/settings/ProfileParts";
import styles from "../features/settings/Settings.module.css";
import type { Settings as Answer } from "../wire/types";

export default function Settings() {
  const settings = useCall("settings", {});
  const [profileTyped, setProfileTyped] = useState<Partial<Draft>>({});
  const [platformTyped, setPlatformTyped] = useState<Partial<Draft>>({});
  const [session, setSession] = useState(NO_MERGE);
  const [pack, setPack] = useState(NO_PACK);
  const [part, setPart] = useState(askedPart);
  return (
    <Page title="Réglages" subtitle="Votre collège, la plateforme, vos données">
      {settings.error && (
        <Callout
          tone="bad"
          title="Les réglages n’ont pas pu être lus"
          announce
          actions={
            <Button icon={RotateCw} onPress={() => void settings.refetch()}>
              Réessayer
            </Button>
          }
        >
          {explain(settings.error)}
        </Callout>
      )}
      {!settings.data && !settings.error && (
        <Card>
          <Skeleton lines={8} />
        </Card>
      )}
      {settings.data && (
        <Tabs
          label="Parties des réglages"
          selected={part}
          onSelect={setPart}
          parts={partsOf(
            settings.data,
            { typed: profileTyped, setTyped: setProfileTyped },
            { typed: platformTyped, setTyped: setPlatformTyped },
            { session, setSession },
            { session: pack, setSession: setPack },
          )}
        />
      )}
    </Page>
  );
}

/** The part that the link here asked for, or the first one. */
function askedPart(): string {
  const state: unknown = window.history.state;
  const asked = typeof state === "object" && state !== null && "part" in state ? state.part : null;
  return asked === "convention" ? asked : "profil";
}

function partsOf(
  settings: Answer,
  profileTyped: Typed,
  platformTyped: Typed,
  merge: MergePartProps,
  pack: PacksPartProps,
) {
  const { profile, mode } = settings;
  const part = (id: string, label: string, content: ReactNode) => ({
    id,
    label,
    content: <div className={styles.part}>{content}</div>,
  });
  return [
    part("profil", "Collège et profil", <ProfilePart profile={profile} {...profileTyped} />),
    part("plateforme", "Plateforme", <PlatformPart profile={profile} mode={mode} {...platformTyped} />),
    part("convention", "Convention", <PacksPart {...pack} />),
    part("affichage", "Affichage", <DisplayPart theme={settings.theme} />),
    part("securite", "Sécurité", <SecurityPart place={settings.key_place} folder={settings.folder} />),
    part(
      "passation",
      "Passer la main",
      <Stack>
        {merge.session.simulation === null && <ExportPart mode={mode} />}
        <MergePart {...merge} />
      </Stack>,
    ),
    part(
      "en-nombre",
      "Imports et modifications en nombre",
      <Card title="Imports et modifications en nombre" icon={History}>
        <Batches />
      </Card>,
    ),
    part("exemple", "Collège d’exemple", <TrainingPart mode={mode} />),
    part(
      "diagnostic",
      "Diagnostic",
      <Card title="Diagnostic" icon={Stethoscope}>
        <Checks />
      </Card>,
    ),
    part("a-propos", "À propos", <AboutPart settings={settings} />),
  ];
}
