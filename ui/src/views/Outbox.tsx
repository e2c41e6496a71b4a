//! Envois: every operation for the platform with its state, its proof or its reason.
//! Invariant: nothing here is disabled because the network is away; an exchange asked offline says so and keeps all.
import { Inbox, RefreshCw } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { Card, Rows } from "../components/Card";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Columns, Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { say } from "../components/Toast";
import { useKeptFocus } from "../components/useKeptFocus";
import { useAct, useCall } from "../data";
import { linkTo, pathTo } from "../features/frame/places";
import { CorrectDialog } from "../features/outbox/CorrectDialog";
import { NetworkCard } from "../features/outbox/NetworkCard";
import { NumberDialog } from "../features/outbox/NumberDialog";
import { OutboxLine } from "../features/outbox/OutboxLine";
import type { OutboxRow, OutboxView, SyncReport, SyncRequest } from "../wire/types";

const TITLE = "Envois";
const SUBTITLE = "Ce qui part vers la plateforme d’assistance, et la preuve que c’est arrivé";

export default function Outbox() {
  const { data, error, refetch } = useCall("outbox", {});
  if (data) return <Queue view={data} />;
  return (
    <Page title={TITLE} subtitle={SUBTITLE}>
      <Columns asideLabel="Réseau" aside={null}>
        {error ? (
          <Failed title="Les envois n’ont pas pu être lus" error={error} onRetry={() => void refetch()} />
        ) : (
          <Card>
            <Skeleton lines={9} />
          </Card>
        )}
      </Columns>
    </Page>
  );
}

function Queue({ view }: { view: OutboxView }) {
  const [, go] = useLocation();
  const [correcting, setCorrecting] = useState<OutboxRow | null>(null);
  const [numbering, setNumbering] = useState<OutboxRow | null>(null);
  const [report, setReport] = useState<SyncReport | null>(null);
  const sync = useAct("sync_now");
  const cancel = useAct("sync_cancel");
  const isExchanging = sync.isPending || view.network.exchanging;
  // Once answered, the request is forgotten: it may hold a password.
  const exchange = (request: SyncRequest) =>
    sync.mutate(request, { onSuccess: setReport, onSettled: () => sync.reset() });
  const rows = [...view.to_watch, ...view.ready, ...view.arrived];
  const dialog = correcting ? "corriger" : numbering ? "numéro" : "";
  useKeptFocus([dialog, ...rows.map(({ id, state }) => `${id} ${state}`)].join());
  const empty = rows.length === 0;

  const section = (title: string, rows: readonly OutboxRow[], note?: string) =>
    rows.length > 0 && (
      <Card title={title} count={rows.length} {...(note ? { note } : {})}>
        <Rows label={title}>
          {rows.map((row) => (
            <OutboxLine
              key={row.id}
              row={row}
              onCorrect={setCorrecting}
              onNumber={setNumbering}
              onResumed={(draft) => {
                go(pathTo.draft(draft));
                say({ text: "L’envoi est redevenu un brouillon. Rien n’est parti." });
              }}
            />
          ))}
        </Rows>
      </Card>
    );

  return (
    <Page
      title={TITLE}
      subtitle={SUBTITLE}
      actions={
        view.network.link !== "a-la-main" && (
          <Button
            variant={view.asks_password ? "secondary" : "primary"}
            icon={RefreshCw}
            isPending={isExchanging}
            onPress={() => exchange({ username: null, password: null })}
          >
            Échanger maintenant
          </Button>
        )
      }
    >
      <Columns
        asideLabel="Réseau"
        aside={
          <NetworkCard
            network={view.network}
            asksPassword={view.asks_password}
            login={view.login}
            report={report}
            isExchanging={isExchanging}
            onExchange={exchange}
            onCancel={() => cancel.mutate({})}
          />
        }
      >
        {section("À regarder", view.to_watch)}
        {section("Prêts à partir", view.ready)}
        {section("Arrivés", view.arrived, "les plus récents d’abord")}
        {empty && (
          <Card>
            <EmptyState
              icon={Inbox}
              title="Rien n’attend"
              action={<LinkButton href={linkTo("/signaler")}>Signaler un problème</LinkButton>}
            >
              Chaque dossier destiné à la plateforme passe ici{"\u202f"}: il y attend le réseau, puis y garde la preuve
              de son arrivée.
            </EmptyState>
          </Card>
        )}
      </Columns>
      {correcting && <CorrectDialog row={correcting} onClose={() => setCorrecting(null)} />}
      {numbering && <NumberDialog row={numbering} onClose={() => setNumbering(null)} />}
    </Page>
  );
}
