//! Prêts: who has what, the late ones first, and the one chosen beside; in a narrow window, one at a time.
//! Invariant: the address says which loan is read.
import { ArrowLeft, Handshake } from "lucide-react";
import { useDeferredValue, useEffect, useRef, useState } from "react";
import { ToggleButtonGroup } from "react-aria-components";
import { useLocation } from "wouter";
import { Button } from "../components/Button";
import { Chip } from "../components/Chip";
import { cx } from "../components/cx";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page, Toolbar } from "../components/Page";
import { SearchField } from "../components/SearchField";
import { Skeleton } from "../components/Skeleton";
import { SplitPane } from "../components/SplitPane";
import { useNarrow } from "../components/useNarrow";
import { useWindows } from "../data/windows";
import { RegisterTabs } from "../features/equipment/RegisterTabs";
import { linkTo, pathTo } from "../features/frame/places";
import { LendDialog } from "../features/loans/LendDialog";
import { LoanList, type Narrowing } from "../features/loans/LoanList";
import { LoanReading } from "../features/loans/LoanReading";
import styles from "../features/loans/Loans.module.css";
import { agree, number, plural } from "../text/fr";
import type { LoanPage } from "../wire/types";

export default function Loans({ loanId }: { loanId: string | null }) {
  const [, go] = useLocation();
  const alone = useNarrow(960);
  const [narrowing, setNarrowing] = useState<Narrowing>({ text: "", open_only: true });
  const [lending, setLending] = useState(false);
  const [standing, setStanding] = useState<string | null>(null);
  const [activeIndex, setActiveIndex] = useState(-1);
  const text = useDeferredValue(narrowing.text);
  const { head, rows, onRange } = useWindows(
    "loan_list",
    { text, open_only: narrowing.open_only },
    { startAt: 0, activeIndex },
  );
  const readId = loanId ?? (alone ? null : (rows[0]?.id ?? null));
  const activeId = alone ? (standing ?? loanId) : readId;
  const foundAt = rows.findIndex((row) => row?.id === activeId);
  useEffect(() => setActiveIndex(foundAt), [foundAt]);

  const page = useRef<HTMLDivElement>(null);
  const shownBefore = useRef(loanId);
  useEffect(() => {
    if (!alone || shownBefore.current === loanId) return;
    shownBefore.current = loanId;
    // The loan has just left the page, with the focus: the list takes it back.
    if (loanId === null) page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }, [alone, loanId]);

  const reading = alone && loanId !== null;
  const nothingYet = readId === null && head.data?.total === 0 && text.trim() === "";
  const list = head.data ? (
    <LoanList
      rows={rows}
      narrowing={narrowing}
      onNarrow={setNarrowing}
      onLend={() => setLending(true)}
      onRange={onRange}
      activeId={activeId}
      onActive={(id) => (alone ? setStanding(id) : go(pathTo.loan(id), { replace: true }))}
      onOpen={(id) => go(pathTo.loan(id))}
      alone={alone}
    />
  ) : (
    <Skeleton lines={9} label="Chargement des prêts" />
  );

  return (
    <div ref={page} className={styles.view}>
      <Page
        title="Prêts"
        subtitle={head.data ? summary(head.data) : "Qui a quoi, jusqu’à quand"}
        fill={!reading}
        actions={
          <Button variant="primary" icon={Handshake} onPress={() => setLending(true)}>
            Prêter…
          </Button>
        }
      >
        {!reading && <RegisterTabs />}
        {!reading && (
          <Toolbar>
            <SearchField
              label="Chercher un prêt"
              placeholder="Nom, appareil, numéro de série…"
              value={narrowing.text}
              onChange={(typed) => setNarrowing({ ...narrowing, text: typed })}
            />
            <ToggleButtonGroup
              aria-label="Prêts montrés"
              disallowEmptySelection
              selectedKeys={[narrowing.open_only ? "en-cours" : "tous"]}
              onSelectionChange={([key]) => setNarrowing({ ...narrowing, open_only: key === "en-cours" })}
              className={cx(styles.chips)}
            >
              <Chip id="en-cours" {...(head.data ? { count: head.data.open } : {})}>
                En cours
              </Chip>
              <Chip id="tous">Tous</Chip>
            </ToggleButtonGroup>
          </Toolbar>
        )}
        {head.error ? (
          <Failed title="Les prêts n’ont pas pu être lus" error={head.error} onRetry={() => void head.refetch()} />
        ) : nothingYet ? (
          list
        ) : (
          <SplitPane
            list={list}
            detail={readId === null ? null : <LoanReading key={readId} id={readId} alone={alone} />}
            detailLabel="Prêt choisi"
            placeholder={
              <EmptyState icon={Handshake} title="Un prêt se lit ici">
                Choisissez-le dans la liste{"\u202f"}: à qui, jusqu’à quand, et dans quel état.
              </EmptyState>
            }
            back={
              <a href={linkTo("/prets")} className={styles.back}>
                <ArrowLeft size={16} aria-hidden />
                Tous les prêts
              </a>
            }
          />
        )}
      </Page>
      <LendDialog
        isOpen={lending}
        onClose={() => setLending(false)}
        onSaved={([first]) => {
          setNarrowing({ text: "", open_only: true });
          if (first !== undefined) go(pathTo.loan(first), { replace: true });
        }}
      />
    </div>
  );
}

function summary({ open, overdue }: LoanPage): string {
  if (open === 0) return "Rien n’est prêté en ce moment";
  const late = overdue === 0 ? "aucun retard" : `${number(overdue)} en retard`;
  return `${plural(open, "équipement")} ${agree(open, "prêté")}, ${late}`;
}
