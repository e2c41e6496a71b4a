//! Dossiers: the list and, beside it, the one being read; in a narrow window, one at a time.
//! Invariant: the address says which dossier is read, so that Back, the search and Accueil all lead to the same place.
import { ArrowLeft, FolderOpen } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { SplitPane } from "../components/SplitPane";
import { useNarrow } from "../components/useNarrow";
import { useCall } from "../data";
import { useWindows } from "../data/windows";
import { linkTo, pathTo } from "../features/frame/places";
import { type Narrowing, TicketFilters } from "../features/tickets/TicketFilters";
import { TicketList } from "../features/tickets/TicketList";
import { TicketReading } from "../features/tickets/TicketReading";
import styles from "../features/tickets/Tickets.module.css";
import { agree, number, plural } from "../text/fr";
import type { TicketQuery } from "../wire/types";

const LATE: TicketQuery = {
  text: "",
  filter: "en-retard",
  party: null,
  room_id: null,
  equipment_id: null,
  offset: 0,
  limit: 1,
};

export default function Tickets({ ticketId }: { ticketId: string | null }) {
  const [, go] = useLocation();
  const alone = useNarrow(960);
  const [narrowing, setNarrowing] = useState<Narrowing>({ text: "", filter: "ouverts", party: null });
  // Where the arrows stand while the list is alone; beside the reading pane, that is the dossier being read.
  const [standing, setStanding] = useState<string | null>(null);
  const [activeIndex, setActiveIndex] = useState(-1);
  const status = useCall("status", {});
  const late = useCall("ticket_list", LATE);
  const { head, rows, onRange } = useWindows(
    "ticket_list",
    { ...narrowing, room_id: null, equipment_id: null },
    { startAt: 0, activeIndex },
  );
  const readId = ticketId ?? (alone ? null : (rows[0]?.id ?? null));
  const activeId = alone ? (standing ?? ticketId) : readId;
  const foundAt = rows.findIndex((row) => row?.id === activeId);
  useEffect(() => setActiveIndex(foundAt), [foundAt]);

  const page = useRef<HTMLDivElement>(null);
  const shownBefore = useRef(ticketId);
  useEffect(() => {
    if (!alone || shownBefore.current === ticketId) return;
    shownBefore.current = ticketId;
    // The dossier has just left the page, with the focus: the list takes it back.
    if (ticketId === null) page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  }, [alone, ticketId]);

  const counts = status.data?.counts;
  const subtitle = counts
    ? `${plural(counts.open, "ouvert")} · ${counts.waiting_on_me === 0 ? "aucun n’attend votre réponse" : `${number(counts.waiting_on_me)} ${agree(counts.waiting_on_me, "attend", "attendent")} une réponse de vous`}`
    : "Vos demandes et ce qu’elles deviennent";
  const reading = alone && ticketId !== null;

  // Without any dossier of that kind, there is nothing to read beside: the list teaches, alone.
  const nothingYet =
    readId === null && head.data?.total === 0 && narrowing.text.trim() === "" && narrowing.party === null;
  const list = head.data ? (
    <TicketList
      rows={rows}
      narrowing={narrowing}
      onNarrow={setNarrowing}
      onRange={onRange}
      activeId={activeId}
      onActive={(id) => (alone ? setStanding(id) : go(pathTo.ticket(id), { replace: true }))}
      onOpen={(id) => go(pathTo.ticket(id))}
      alone={alone}
    />
  ) : (
    <Skeleton lines={9} />
  );

  return (
    <div ref={page} className={styles.view}>
      <Page title="Dossiers" subtitle={subtitle} fill={!reading}>
        {!reading && (
          <TicketFilters
            value={narrowing}
            onChange={setNarrowing}
            counts={{
              ...(counts ? { ouverts: counts.open, "attend-de-moi": counts.waiting_on_me } : {}),
              ...(late.data ? { "en-retard": late.data.total } : {}),
            }}
            parties={head.data?.parties ?? []}
          />
        )}
        {head.error ? (
          <Failed title="Les dossiers n’ont pas pu être lus" error={head.error} onRetry={() => void head.refetch()} />
        ) : nothingYet ? (
          list
        ) : (
          <SplitPane
            list={list}
            detail={readId === null ? null : <TicketReading key={readId} id={readId} alone={alone} />}
            detailLabel="Dossier choisi"
            placeholder={
              <EmptyState icon={FolderOpen} title="Un dossier se lit ici">
                Choisissez-le dans la liste{"\u202f"}: ses échanges, qui s’en occupe et pourquoi.
              </EmptyState>
            }
            back={
              <a href={linkTo("/dossiers")} className={styles.back}>
                <ArrowLeft size={16} aria-hidden />
                Tous les dossiers
              </a>
            }
          />
        )}
      </Page>
    </div>
  );
}
