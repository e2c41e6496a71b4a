//! One piece of equipment: who maintains it and why, what is known of it, its dossiers, its history. « nouveau » adds one.
//! Left out on purpose: attachments and loans, which do not exist yet.
import { FolderOpen, Megaphone, MonitorX, Pencil } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { Callout } from "../components/Callout";
import { Card, Row, Rows } from "../components/Card";
import { EmptyState } from "../components/EmptyState";
import { Columns, Page } from "../components/Page";
import { PartyBadge } from "../components/PartyBadge";
import { RelativeTime } from "../components/RelativeTime";
import { Skeleton } from "../components/Skeleton";
import { say } from "../components/Toast";
import { useAct, useCall } from "../data";
import { explain } from "../errors/table";
import { NEW, unfinishedOf } from "../features/equipment/draft";
import { EditForm } from "../features/equipment/EditForm";
import { Facts } from "../features/equipment/Facts";
import { Maintainer } from "../features/equipment/Maintainer";
import styles from "../features/equipment/Record.module.css";
import { Removal } from "../features/equipment/Removal";
import { State } from "../features/equipment/words";
import { linkTo, pathTo } from "../features/frame/places";
import { fr } from "../text/fr";
import type { EquipmentView, RegisterChoices } from "../wire/types";

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
  const title = [view.row.kind, view.row.model].filter(Boolean).join(" ");
  return editing ? (
    <Page title={fr`Modifier : ${title}`} subtitle={subtitle(view)} back={back}>
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
    <Record view={view} title={title} choices={choices} onEdit={() => setEditing(true)} />
  );
}

interface RecordProps {
  view: EquipmentView;
  title: string;
  choices: RegisterChoices | undefined;
  onEdit: () => void;
}

function Record({ view, title, choices, onEdit }: RecordProps) {
  const [, go] = useLocation();
  const report = useAct("guide_start");
  const room = choices?.rooms.find(({ id }) => id === view.form.room_id);
  const start = () =>
    report.mutate(
      { text: "", answers: {}, equipment_id: view.row.id },
      { onSuccess: ({ draft_id }) => go(pathTo.draft(draft_id)) },
    );
  return (
    <Page
      title={title}
      subtitle={subtitle(view)}
      back={back}
      actions={
        <>
          <Button icon={Pencil} onPress={onEdit}>
            Modifier
          </Button>
          <Button variant="primary" icon={Megaphone} isPending={report.isPending} onPress={start}>
            Signaler un problème
          </Button>
        </>
      }
    >
      <Columns asideLabel="Qui s’en occupe et historique" aside={<Beside view={view} />}>
        <Tickets view={view} />
        <Facts view={view} room={room} />
        <Removal view={view} title={title} />
      </Columns>
    </Page>
  );
}

function Beside({ view }: { view: EquipmentView }) {
  return (
    <>
      <Maintainer route={view.route} />
      <Card title="Historique de la fiche">
        <ol className={styles.history}>
          {view.history.map(({ at_ms, text }) => (
            <li key={`${at_ms} ${text}`}>
              {text} <RelativeTime when={at_ms} />
            </li>
          ))}
          {view.history.length === 0 && (
            <li>
              Au registre <RelativeTime when={view.created_at_ms} />
            </li>
          )}
        </ol>
      </Card>
    </>
  );
}

function Tickets({ view: { tickets } }: { view: EquipmentView }) {
  if (tickets.length === 0) return null;
  return (
    <Card title="Dossiers" icon={FolderOpen} count={tickets.length}>
      <Rows>
        {tickets.map((ticket) => (
          <Row
            key={ticket.id}
            title={ticket.title}
            href={linkTo(pathTo.ticket(ticket.id))}
            meta={ticket.hint}
            aside={
              <>
                <PartyBadge party={ticket.party} />
                <span className={styles.soft}>
                  <RelativeTime when={ticket.updated_at_ms} />
                </span>
              </>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}

/** What tells it apart from its likes: its state, where it stands, its number. */
function subtitle({ row }: EquipmentView): ReactNode {
  return (
    <span className={styles.facts}>
      <State state={row.state} />
      <span>{row.room ? `Salle ${row.room}` : "Sans salle"}</span>
      {row.serial && (
        <span>
          Série <code>{row.serial}</code>
        </span>
      )}
    </span>
  );
}
