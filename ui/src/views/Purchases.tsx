//! Achats sur fonds propres: those that wait for an act, and the one chosen beside, as a path.
//! Invariant: the address says which purchase is read.
import { ArrowLeft, Plus, ShoppingCart } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { ToggleButtonGroup } from "react-aria-components";
import { useLocation } from "wouter";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { cx } from "../components/cx";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { SplitPane } from "../components/SplitPane";
import { useNarrow } from "../components/useNarrow";
import { useCall } from "../data";
import { RegisterTabs } from "../features/equipment/RegisterTabs";
import { linkTo, pathTo } from "../features/frame/places";
import { ProjectDialog } from "../features/purchases/ProjectDialog";
import { PurchaseList } from "../features/purchases/PurchaseList";
import { PurchaseReading } from "../features/purchases/PurchaseReading";
import styles from "../features/purchases/Purchases.module.css";

export default function Purchases({ purchaseId }: { purchaseId: string | null }) {
  const [, go] = useLocation();
  const alone = useNarrow(960);
  const [openOnly, setOpenOnly] = useState(true);
  const [preparing, setPreparing] = useState(false);
  const [standing, setStanding] = useState<string | null>(null);
  const list = useCall("purchase_list", { open_only: openOnly });
  const rows = list.data?.rows ?? [];
  const shownId = purchaseId ?? (alone ? null : (rows[0]?.id ?? null));
  const reading = alone && purchaseId !== null;

  const page = useRef<HTMLDivElement>(null);
  const shownBefore = useRef(purchaseId);
  useEffect(() => {
    if (!alone || shownBefore.current === purchaseId) return;
    shownBefore.current = purchaseId;
    // The purchase has just left the page, with the focus: the list takes it back.
    if (purchaseId === null) page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }, [alone, purchaseId]);

  const prepare = (
    <Button variant="primary" icon={Plus} onPress={() => setPreparing(true)}>
      Préparer un achat
    </Button>
  );
  const box = !list.data ? (
    <Skeleton lines={9} label="Chargement des achats" />
  ) : rows.length > 0 ? (
    <PurchaseList
      rows={rows}
      activeId={alone ? (standing ?? purchaseId) : shownId}
      onActive={(id) => (alone ? setStanding(id) : go(pathTo.purchase(id), { replace: true }))}
      onOpen={(id) => go(pathTo.purchase(id))}
      alone={alone}
    />
  ) : (
    <EmptyState
      icon={ShoppingCart}
      title={openOnly ? "Aucun achat en cours" : "Aucun achat sur fonds propres"}
      action={<Button onPress={() => setPreparing(true)}>Préparer un achat</Button>}
    >
      Le Département ne maintient que ce qu’il a validé avant la commande, puis enregistré. Préparez l’achat ici
      {"\u202f"}: Relais envoie la demande et garde chaque étape.
    </EmptyState>
  );

  return (
    <div ref={page} className={styles.view}>
      <Page
        title="Achats sur fonds propres"
        subtitle="Du projet à la maintenance par le Département"
        fill={!reading}
        actions={prepare}
      >
        {!reading && <RegisterTabs />}
        {!reading && (
          <ToggleButtonGroup
            aria-label="Achats montrés"
            disallowEmptySelection
            selectedKeys={[openOnly ? "en-cours" : "tous"]}
            onSelectionChange={([key]) => setOpenOnly(key === "en-cours")}
            className={cx(styles.chips)}
          >
            <Chip id="en-cours" {...(list.data && openOnly ? { count: list.data.total } : {})}>
              En cours
            </Chip>
            <Chip id="tous">Tous</Chip>
          </ToggleButtonGroup>
        )}
        {list.error ? (
          <Failed title="Les achats n’ont pas pu être lus" error={list.error} onRetry={() => void list.refetch()} />
        ) : shownId === null && list.data && rows.length === 0 ? (
          box
        ) : (
          <SplitPane
            list={box}
            detail={shownId === null ? null : <PurchaseReading key={shownId} id={shownId} alone={alone} />}
            detailLabel="Achat choisi"
            placeholder={
              <EmptyState icon={ShoppingCart} title="Un achat se lit ici">
                Choisissez-le dans la liste{"\u202f"}: où il en est, et ce qu’il reste à faire.
              </EmptyState>
            }
            back={
              <a href={linkTo("/achats")} className={styles.back}>
                <ArrowLeft size={16} aria-hidden />
                Tous les achats
              </a>
            }
          />
        )}
      </Page>
      <ProjectDialog
        isOpen={preparing}
        onClose={() => setPreparing(false)}
        onSaved={(id) => go(pathTo.purchase(id), { replace: true })}
      />
    </div>
  );
}
