//! Accueil: what is waited for, from whom, and what falls due.
import { Inbox, Plus, RotateCw } from "lucide-react";
import { Button, LinkButton } from "../components/Button";
import { Callout } from "../components/Callout";
import { Card } from "../components/Card";
import { EmptyState } from "../components/EmptyState";
import { Columns, Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { useCall } from "../data";
import { explain } from "../errors/table";
import { linkTo } from "../features/frame/places";
import { SeasonCard, SendsCard } from "../features/home/Aside";
import { DraftsCard, OthersCard, WaitingCard } from "../features/home/Cards";
import { LoansCard, PurchasesCard, StockChecksCard } from "../features/home/Register";
import { agree, capital, fr, longDay, number, plural } from "../text/fr";
import type { Home as Answer } from "../wire/types";

export default function Home() {
  const home = useCall("home", {});
  const status = useCall("status", {});
  const firstName = status.data?.profile?.first_name;
  return (
    <Page
      title={firstName ? `Bonjour ${firstName}` : "Bonjour"}
      subtitle={home.data ? summary(home.data, status.data?.counts.waiting_on_me ?? 0, home.dataUpdatedAt) : "\u00a0"}
    >
      {home.error && (
        <Callout
          tone="bad"
          title="L’accueil n’a pas pu être lu"
          announce
          actions={
            <Button icon={RotateCw} onPress={() => void home.refetch()}>
              Réessayer
            </Button>
          }
        >
          {explain(home.error)}
        </Callout>
      )}
      {!home.error && !home.data && <Waiting />}
      {home.data && (
        <Columns
          asideLabel="À envoyer et échéances"
          aside={
            <>
              <SendsCard rows={home.data.to_send} total={status.data?.counts.to_send ?? home.data.to_send.length} />
              <LoansCard rows={home.data.loans_overdue} />
              <PurchasesCard rows={home.data.purchases} />
              <SeasonCard season={home.data.season} equipment={status.data?.counts.equipment} />
            </>
          }
        >
          {home.data.waiting_on_me.length > 0 && <WaitingCard rows={home.data.waiting_on_me} />}
          {home.data.drafts.length > 0 && <DraftsCard rows={home.data.drafts} />}
          <StockChecksCard rows={home.data.stock_checks} />
          {isEmpty(home.data) ? <FirstDay /> : <OthersCard home={home.data} />}
        </Columns>
      )}
    </Page>
  );
}

function isEmpty({ open, drafts, to_send }: Answer): boolean {
  return open === 0 && drafts.length === 0 && to_send.length === 0;
}

/** « Lundi 23 novembre · 12 dossiers ouverts, 2 attendent une réponse de vous ». */
function summary({ today, open }: Answer, waiting: number, now: number): string {
  const day = capital(longDay(today, now));
  if (open === 0) return `${day} · aucun dossier ouvert`;
  const asked =
    waiting === 0
      ? "aucun n’attend votre réponse"
      : `${number(waiting)} ${agree(waiting, "attend", "attendent")} une réponse de vous`;
  return `${day} · ${plural(open, "dossier ouvert", "dossiers ouverts")}, ${asked}`;
}

function FirstDay() {
  return (
    <Card>
      <EmptyState
        icon={Inbox}
        title="Aucun dossier en cours"
        action={
          <LinkButton variant="primary" icon={Plus} href={linkTo("/signaler")}>
            Signaler
          </LinkButton>
        }
      >
        {fr`Quelque chose ne marche pas, ou manque ? Décrivez-le en une ligne : Relais dit qui s’en occupe et prépare la demande.`}
      </EmptyState>
    </Card>
  );
}

/** The places of the cards, while the first answer comes. */
function Waiting() {
  return (
    <Columns
      asideLabel="À envoyer et échéances"
      aside={
        <Card>
          <Skeleton lines={4} />
        </Card>
      }
    >
      <Card>
        <Skeleton lines={4} />
      </Card>
      <Card>
        <Skeleton lines={8} label="Chargement des dossiers" />
      </Card>
    </Columns>
  );
}
