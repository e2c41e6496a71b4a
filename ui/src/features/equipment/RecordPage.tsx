//! The record of one machine, read: what is wrong or out of the ordinary first, then its dossiers, what is known of it,
//! its documents; beside, who maintains it and why, and its history.
import { FolderOpen, Handshake, Megaphone, Paperclip, Pencil, Tag } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { Columns, Page } from "../../components/Page";
import { PartyBadge } from "../../components/PartyBadge";
import { RelativeTime } from "../../components/RelativeTime";
import { useAct } from "../../data";
import type { DocumentKind, EquipmentView, RegisterChoices } from "../../wire/types";
import { Documents } from "../documents/Documents";
import { linkTo, pathTo } from "../frame/places";
import { LabelsDialog } from "../labels/LabelsDialog";
import { LendDialog } from "../loans/LendDialog";
import { Facts } from "./Facts";
import { PastLoans, RunningLoan, runningOf } from "./Loans";
import { Maintainer } from "./Maintainer";
import { Pictures } from "./Pictures";
import { pickOf, titleOf } from "./picks";
import styles from "./Record.module.css";
import { Removal } from "./Removal";
import { State } from "./words";

interface RecordPageProps {
  view: EquipmentView;
  choices: RegisterChoices | undefined;
  back: ReactNode;
  onEdit: () => void;
}

export function RecordPage({ view, choices, back, onEdit }: RecordPageProps) {
  const [dialog, setDialog] = useState<"label" | "lend" | null>(null);
  const close = () => setDialog(null);
  const { row, form, loans, repeated } = view;
  const room = choices?.rooms.find(({ id }) => id === form.room_id);
  const running = runningOf(loans);
  const title = titleOf(row);
  return (
    <Page
      title={title}
      subtitle={<Subtitle view={view} />}
      back={back}
      actions={
        <>
          <Button icon={Pencil} onPress={onEdit}>
            Modifier
          </Button>
          <Button icon={Tag} onPress={() => setDialog("label")}>
            Étiquette…
          </Button>
          {running === undefined && (
            <Button icon={Handshake} onPress={() => setDialog("lend")}>
              Prêter…
            </Button>
          )}
          <ReportButton view={view} />
        </>
      }
    >
      <Columns asideLabel="Qui s’en occupe et historique" aside={<Beside view={view} />}>
        {running && <RunningLoan loan={running} />}
        {repeated !== null && (
          <Callout tone="care" title="Pannes à répétition">
            {repeated}
          </Callout>
        )}
        <Tickets view={view} />
        <Facts view={view} room={room} />
        <EquipmentDocuments view={view} />
        <PastLoans loans={loans} />
        <Removal view={view} title={title} />
      </Columns>
      <LabelsDialog isOpen={dialog === "label"} onClose={close} ids={[row.id]} />
      <LendDialog isOpen={dialog === "lend"} onClose={close} machines={[pickOf(row)]} />
    </Page>
  );
}

/** What the guide would understand of « panne » and this kind of machine is answered already; the rest is asked. */
function ReportButton({ view: { row } }: { view: EquipmentView }) {
  const [, go] = useLocation();
  const propose = useAct("guide_propose", { quiet: true });
  const start = useAct("guide_start");
  const begin = async () => {
    const found = await propose.mutateAsync({ text: `panne ${row.kind}` }).catch(() => null);
    const answers = found?.proposals.find(({ nature }) => nature === "panne")?.answers ?? {};
    const { draft_id } = await start.mutateAsync({ text: "", answers, equipment_id: row.id });
    go(pathTo.draft(draft_id));
  };
  return (
    <Button
      variant="primary"
      icon={Megaphone}
      isPending={propose.isPending || start.isPending}
      // A failure has raised its message.
      onPress={() => void begin().catch(() => undefined)}
    >
      Signaler une panne
    </Button>
  );
}

const USUAL_DOCUMENTS: readonly DocumentKind[] = ["photo", "facture", "bon-de-livraison", "commande", "devis", "autre"];

function EquipmentDocuments({ view: { row, documents } }: { view: EquipmentView }) {
  return (
    <Card title="Photos et documents" icon={Paperclip} {...(documents.length > 0 ? { count: documents.length } : {})}>
      {documents.length === 0 && (
        <p className={styles.soft}>
          Une photo, la facture, le bon de livraison{"\u202f"}: ce qui est joint ici reste avec la fiche.
        </p>
      )}
      <Pictures documents={documents} />
      <Documents
        owner={{ kind: "equipement", id: row.id }}
        documents={documents}
        kinds={USUAL_DOCUMENTS}
        add="Joindre une photo ou un document"
      />
    </Card>
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
export function Subtitle({ view: { row } }: { view: EquipmentView }) {
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
