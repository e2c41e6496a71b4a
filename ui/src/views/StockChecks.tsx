//! Récolements: those begun and done; at its own address, the one being walked or its result.
import { ListChecks } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { useCall } from "../data";
import { RegisterTabs } from "../features/equipment/RegisterTabs";
import { linkTo, pathTo } from "../features/frame/places";
import { CheckList } from "../features/stockcheck/CheckList";
import { Ended } from "../features/stockcheck/Ended";
import { StartDialog } from "../features/stockcheck/StartDialog";
import { Working } from "../features/stockcheck/Working";

export default function StockChecks({ checkId }: { checkId: string | null }) {
  return checkId === null ? <All /> : <One key={checkId} id={checkId} />;
}

function All() {
  const [, go] = useLocation();
  const [starting, setStarting] = useState(false);
  const checks = useCall("stock_check_list", {});
  const start = () => setStarting(true);
  // A round under way is what one came for: it is the main act, a new one stands back.
  const resumes = checks.data?.rows.some(({ state }) => state === "en-cours") ?? false;
  return (
    <Page
      title="Récolements"
      subtitle="Ce qui est vraiment là, salle par salle"
      actions={
        <Button variant={resumes ? "secondary" : "primary"} icon={ListChecks} onPress={start}>
          Commencer un récolement
        </Button>
      }
    >
      <RegisterTabs />
      {checks.error ? (
        <Failed
          title="Les récolements n’ont pas pu être lus"
          error={checks.error}
          onRetry={() => void checks.refetch()}
        />
      ) : checks.data ? (
        <CheckList rows={checks.data.rows} onStart={start} />
      ) : (
        <Skeleton lines={6} label="Chargement des récolements" />
      )}
      <StartDialog isOpen={starting} onClose={() => setStarting(false)} onStarted={(id) => go(pathTo.stockCheck(id))} />
    </Page>
  );
}

function One({ id }: { id: string }) {
  const check = useCall("stock_check_show", { id });
  if (check.data)
    return check.data.row.state === "en-cours" ? <Working view={check.data} /> : <Ended view={check.data} />;
  return (
    <Page title="Récolement" back={<a href={linkTo("/recolements")}>← Récolements</a>}>
      {check.error?.code === "introuvable" ? (
        <EmptyState
          icon={ListChecks}
          title="Ce récolement n’est plus là"
          action={<LinkButton href={linkTo("/recolements")}>Voir les récolements</LinkButton>}
        />
      ) : check.error ? (
        <Failed title="Le récolement n’a pas pu être lu" error={check.error} onRetry={() => void check.refetch()} />
      ) : (
        <Skeleton lines={10} label="Chargement du récolement" />
      )}
    </Page>
  );
}
