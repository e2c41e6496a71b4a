//! One piece of equipment, by its address: read, changed, or added (« nouveau »).
import { MonitorX } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { LinkButton } from "../components/Button";
import { Callout } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { Columns, Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { say } from "../components/Toast";
import { useCall } from "../data";
import { explain } from "../errors/table";
import { NEW, unfinishedOf } from "../features/equipment/draft";
import { EditForm } from "../features/equipment/EditForm";
import { titleOf } from "../features/equipment/picks";
import { RecordPage, Subtitle } from "../features/equipment/RecordPage";
import { linkTo, pathTo } from "../features/frame/places";
import { fr } from "../text/fr";
import type { RegisterChoices } from "../wire/types";

const LIST = "/equipements";

const back = <a href={linkTo(LIST)}>← Équipements</a>;

export default function EquipmentRecord({ equipmentId }: { equipmentId: string }) {
  const choices = useCall("register_choices", {});
  return equipmentId === "nouveau" ? (
    <NewRecord choices={choices.data} />
  ) : (
    <KnownRecord id={equipmentId} choices={choices.data} />
  );
}

function NewRecord({ choices }: { choices: RegisterChoices | undefined }) {
  const [, go] = useLocation();
  return (
    <Page
      title="Nouvel équipement"
      subtitle={"Le type suffit pour commencer\u202f; le reste peut venir plus tard."}
      back={back}
    >
      <EditForm
        form={NEW}
        choices={choices}
        submit="Ajouter l’équipement"
        onSaved={(id) => {
          say({ text: "L’équipement est au registre." });
          go(pathTo.equipment(id), { replace: true });
        }}
        onCancel={() => go(LIST)}
      />
    </Page>
  );
}

function KnownRecord({ id, choices }: { id: string; choices: RegisterChoices | undefined }) {
  const { data: view, error } = useCall("equipment_show", { id });
  const [editing, setEditing] = useState(unfinishedOf(id) !== undefined);

  if (error) {
    return (
      <Page title="Équipement" back={back}>
        {error.code === "introuvable" ? (
          <EmptyState
            icon={MonitorX}
            title="Cet équipement n’est pas au registre"
            action={<LinkButton href={linkTo(LIST)}>Voir les équipements</LinkButton>}
          >
            Sa fiche a peut-être été supprimée.
          </EmptyState>
        ) : (
          <Callout tone="bad" title="La fiche ne peut pas être lue" announce>
            {explain(error)}
          </Callout>
        )}
      </Page>
    );
  }
  if (!view) {
    return (
      <Page title="Équipement" subtitle="Sa fiche, ses dossiers, son historique" back={back}>
        <Columns asideLabel="Qui s’en occupe" aside={<Skeleton lines={5} label="Chargement du responsable" />}>
          <Skeleton lines={14} label="Chargement de la fiche" />
        </Columns>
      </Page>
    );
  }
  return editing ? (
    <Page title={fr`Modifier : ${titleOf(view.row)}`} subtitle={<Subtitle view={view} />} back={back}>
      <EditForm
        form={view.form}
        choices={choices}
        submit="Enregistrer"
        onSaved={() => {
          setEditing(false);
          say({ text: "La fiche est à jour." });
        }}
        onCancel={() => setEditing(false)}
      />
    </Page>
  ) : (
    <RecordPage view={view} choices={choices} back={back} onEdit={() => setEditing(true)} />
  );
}
