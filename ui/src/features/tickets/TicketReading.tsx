//! One dossier, read from top to bottom: what it is, what is asked of the user, what was said, who has it and why.
//! Left out on purpose: answering the platform and confirming a resolution, which Relais cannot send yet; the card that
//! waits for the user says how to answer instead.
import { Archive, FolderX, Hand, NotebookPen, Paperclip, Phone, PhoneCall, RotateCcw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { cx } from "../../components/cx";
import { EmptyState } from "../../components/EmptyState";
import { Failed } from "../../components/Failed";
import { PartyBadge } from "../../components/PartyBadge";
import { RelativeTime } from "../../components/RelativeTime";
import { Skeleton } from "../../components/Skeleton";
import { Timeline } from "../../components/Timeline";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { agree, fr, NBSP, number } from "../../text/fr";
import type { TicketView } from "../../wire/types";
import { linkTo } from "../frame/places";
import { Attachments, JoinDialog } from "./Attachments";
import { arrivesToCall } from "./arriving";
import { CallDialog } from "./CallDialog";
import { Callers } from "./Callers";
import { CloseDialog } from "./CloseDialog";
import { Machines } from "./Machines";
import { NoteForm } from "./NoteForm";
import { NumberDialog } from "./NumberDialog";
import styles from "./Reading.module.css";
import { Sends } from "./Sends";
import { Tasks } from "./Tasks";
import { TicketFacts } from "./TicketFacts";
import { TicketRoute } from "./TicketRoute";
import { ToCopy } from "./ToCopy";
import { EVENT_ICONS, isOver, NATURES, stateOf } from "./words";

/** `alone`: it took the place of the list, and the focus goes to it. */
export function TicketReading({ id, alone }: { id: string; alone: boolean }) {
  const ticket = useCall("ticket_show", { id });
  if (ticket.error?.code === "introuvable") {
    return (
      <EmptyState
        icon={FolderX}
        title="Ce dossier n’est plus là"
        action={<a href={linkTo("/dossiers")}>Voir tous les dossiers</a>}
      >
        Il a peut-être été repris comme brouillon depuis les envois.
      </EmptyState>
    );
  }
  if (ticket.error) {
    return <Failed title="Ce dossier n’a pas pu être lu" error={ticket.error} onRetry={() => void ticket.refetch()} />;
  }
  return ticket.data ? (
    <Reading ticket={ticket.data} alone={alone} />
  ) : (
    <Skeleton lines={8} label="Chargement du dossier" />
  );
}

function Reading({ ticket, alone }: { ticket: TicketView; alone: boolean }) {
  const { row, events, sends, to_copy: toCopy, tasks, attachments, machines, callers } = ticket;
  const [dialog, setDialog] = useState<"number" | "close" | "call" | "join" | null>(null);
  const note = useRef<HTMLTextAreaElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const reopen = useAct("ticket_reopen");
  const arrivesAlone = useRef(alone);
  useEffect(() => {
    if (arrivesAlone.current) heading.current?.focus();
    if (arrivesToCall()) setDialog("call");
  }, []);
  const [numbered, setNumbered] = useState(0);
  useEffect(() => {
    // The button that opened the dialog went away with what it was for.
    if (numbered > 0) heading.current?.focus();
  }, [numbered]);
  const closing = () => setDialog(null);
  const toCall = callers.length > 0 && !isOver(row);
  const calling = (
    <Button size="small" icon={Phone} onPress={() => setDialog("call")}>
      Noter un appel
    </Button>
  );
  const stillToSend = sends.some(({ state }) => state !== "accepte");
  return (
    <article className={styles.reading}>
      <header className={styles.head}>
        <p className={styles.over}>
          {NATURES[ticket.nature]} · {row.room ? `salle ${row.room} · ` : ""}créé{" "}
          <RelativeTime when={row.created_at_ms} />
        </p>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {row.title}
        </h2>
        <p className={styles.tags}>
          <PartyBadge party={row.party} />
          <span className={styles.tag}>{stateOf(row)}</span>
          {row.waiting_on_me && <span className={cx(styles.tag, styles.tagWaiting)}>attend votre réponse</span>}
          {row.late && (
            <span className={cx(styles.tag, styles.tagLate)}>
              ouvert depuis {number(row.age_days)}
              {NBSP}
              {agree(row.age_days, "jour")}
            </span>
          )}
        </p>
        <div className={styles.names}>
          {row.number && <Name term="Numéro" text={row.number} what={`le numéro ${row.number}`} />}
          {row.reference && (
            <Name
              term="Référence"
              text={row.reference}
              {...(row.number ? {} : { what: `la référence ${row.reference}` })}
            />
          )}
          {(ticket.can_close || ticket.can_reopen) && (
            // One button for both: after closing, the focus finds it again at its place.
            <Button
              size="small"
              icon={ticket.can_close ? Archive : RotateCcw}
              isPending={reopen.isPending}
              onPress={() =>
                ticket.can_close
                  ? setDialog("close")
                  : reopen.mutate({ id: row.id }, { onSuccess: () => say({ text: "Dossier rouvert." }) })
              }
            >
              {ticket.can_close ? "Fermer le dossier" : "Rouvrir le dossier"}
            </Button>
          )}
        </div>
      </header>

      {row.waiting_on_me && <Awaited ticket={ticket} onNote={() => note.current?.focus()} />}
      {toCopy.length > 0 && (
        <ToCopy fields={toCopy} {...(ticket.can_set_number ? { onNumber: () => setDialog("number") } : {})} />
      )}
      {stillToSend && toCopy.length === 0 && (
        <Sends sends={sends} {...(ticket.can_set_number ? { onNumber: () => setDialog("number") } : {})} />
      )}

      {toCall && (
        <section className={styles.section} aria-labelledby="appeler">
          <h3 id="appeler" className={styles.withIcon}>
            <PhoneCall size={18} aria-hidden />
            Qui appeler
          </h3>
          <Callers callers={callers} label="Qui appeler" contract />
          <div>{calling}</div>
        </section>
      )}
      {tasks.length > 0 && (
        <Tasks ticketId={row.id} tasks={tasks} {...(ticket.can_close ? { onClose: () => setDialog("close") } : {})} />
      )}

      {ticket.description && <p className={styles.description}>{ticket.description}</p>}
      {machines.length > 0 && <Machines machines={machines} />}
      {attachments.length > 0 && (
        <section className={styles.section} aria-labelledby="joints">
          <h3 id="joints">Photos et fichiers</h3>
          <Attachments attachments={attachments} />
        </section>
      )}

      <section className={styles.section} aria-labelledby="echanges">
        <h3 id="echanges">Échanges</h3>
        <Timeline
          label="Échanges"
          items={events.map(({ id, kind, author, author_label, at_ms, text }) => ({
            id,
            icon: EVENT_ICONS[kind],
            author: author_label,
            when: <RelativeTime when={at_ms} />,
            text,
            mine: author === "moi",
          }))}
        />
        <NoteForm key={row.id} ticketId={row.id} field={note}>
          {!toCall && calling}
          <Button size="small" icon={Paperclip} onPress={() => setDialog("join")}>
            Joindre une photo
          </Button>
        </NoteForm>
      </section>

      {ticket.route && <TicketRoute route={ticket.route} today={ticket.today} activity={ticket.activity_label} />}
      <TicketFacts ticket={ticket} />
      {!stillToSend && sends.length > 0 && <Sends sends={sends} />}

      <NumberDialog
        isOpen={dialog === "number"}
        onClose={closing}
        onSaved={() => setNumbered(numbered + 1)}
        ticketId={row.id}
      />
      <CloseDialog isOpen={dialog === "close"} onClose={closing} ticketId={row.id} tasks={tasks} />
      <CallDialog isOpen={dialog === "call"} onClose={closing} ticketId={row.id} callers={callers} />
      <JoinDialog isOpen={dialog === "join"} onClose={closing} ticketId={row.id} />
    </article>
  );
}

/** The name others know the dossier by, copied when it is the one to give. */
function Name({ term, text, what }: { term: string; text: string; what?: string }) {
  return (
    <span className={styles.name}>
      <span className={styles.soft}>{term}</span> <span className="mono">{text}</span>
      {what && <CopyButton text={text} what={what} />}
    </span>
  );
}

/** What is asked, in the words of the one who asks, and how to answer. */
function Awaited({ ticket: { row, events }, onNote }: { ticket: TicketView; onNote: () => void }) {
  const asked = events.findLast(({ author }) => author !== "moi" && author !== "relais");
  const name = row.number ?? row.reference;
  return (
    <section className={styles.awaited} aria-labelledby="attendu">
      <h3 id="attendu" className={styles.awaitedTitle}>
        <Hand size={18} aria-hidden />
        {asked?.kind === "resolution" ? "On attend votre confirmation" : "On attend votre réponse"}
      </h3>
      {asked && (
        <blockquote className={styles.asked}>
          <p>{asked.text}</p>
          <footer className={styles.soft}>
            {asked.author_label}, <RelativeTime when={asked.at_ms} />
          </footer>
        </blockquote>
      )}
      <p>
        {name ? fr`Répondez à l'assistance en donnant ${name}` : "Répondez à l’assistance"}
        {fr`, puis notez ici ce que vous avez dit : Relais ne lui transmet pas vos notes.`}
      </p>
      {!isOver(row) && (
        <Button size="small" icon={NotebookPen} onPress={onNote}>
          Noter ma réponse
        </Button>
      )}
    </section>
  );
}
