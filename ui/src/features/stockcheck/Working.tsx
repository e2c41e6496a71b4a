//! The screen one walks with: the room one stands in, the scan field that always has the focus, what was just seen and
//! what is still awaited. Each scan is kept at once, so that one may stop at any moment and go on another day.
//! Invariant: scans are noted in the order they were made, in the room where they were made, however fast they come.
import { ArrowRight, CircleAlert, Trash2, Undo2 } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { Kbd } from "../../components/Kbd";
import { Page } from "../../components/Page";
import { Bar } from "../../components/Steps";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fr, NBSP, plural, quote } from "../../text/fr";
import type { SightingForm, StockCheckView, Verdict, WireError } from "../../wire/types";
import { linkTo } from "../frame/places";
import styles from "./Check.module.css";
import { ApplyDialog, DropDialog } from "./Ending";
import { ReportMenu } from "./ReportMenu";
import { RoomLines } from "./RoomLines";
import { RoomNav } from "./RoomNav";
import { addedSighting, firstToVisit, isAwaiting, neighbour, nextToVisit } from "./rounds";
import { ScanField } from "./ScanField";
import { expected, figuresSentence, VERDICTS } from "./words";

interface Last {
  /** Each scan is announced, even one that says the same as the one before. */
  rank: number;
  verdict: Verdict | null;
  sentence: string;
  undo: string | null;
}

/** Where one stood in each récolement, while the window lives. */
const stood = new Map<string, string>();

export function Working({ view }: { view: StockCheckView }) {
  const { row, rooms } = view;
  const [roomId, setRoomId] = useState(() => stood.get(row.id) ?? firstToVisit(rooms));
  const [last, setLast] = useState<Last | null>(null);
  const [dialog, setDialog] = useState<"apply" | "drop" | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const toField = useCallback(() => field.current?.focus(), []);
  const { note, isPending } = useNoting(view, setLast);
  const unsee = useAct("stock_check_unsee");

  const room = rooms.find(({ room_id }) => room_id === roomId) ?? rooms[0];
  const next = room ? nextToVisit(rooms, room.room_id) : null;
  const go = (id: string) => {
    stood.set(row.id, id);
    setRoomId(id);
    setLast(null);
  };
  // On arrival and in each new room, one can scan at once.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room is what brings the focus back.
  useEffect(toField, [toField, room?.room_id]);

  const takeBack = (id: string) => {
    unsee.mutate({ id }, { onSuccess: () => setLast(null) });
    toField();
  };

  return (
    <Page
      fill
      title={row.title}
      subtitle={fr`${plural(rooms.length, "salle")} · ${figuresSentence(row)}`}
      back={<a href={linkTo("/recolements")}>← Récolements</a>}
      actions={
        <>
          <ReportMenu checkId={row.id} />
          <Button
            variant={rooms.every((each) => !isAwaiting(each)) ? "primary" : "secondary"}
            onPress={() => setDialog("apply")}
          >
            Appliquer…
          </Button>
        </>
      }
    >
      <div className={styles.working}>
        <div className={styles.side}>
          {room && <RoomNav rooms={rooms} currentId={room.room_id} onChoose={go} />}
          <Button size="small" variant="quiet" icon={Trash2} onPress={() => setDialog("drop")}>
            Abandonner…
          </Button>
        </div>
        {room && (
          <section className={styles.room} aria-label={`Salle ${room.code}`}>
            <header className={styles.roomHead}>
              <h2 className={styles.roomTitle}>
                <span className={styles.code}>{room.code}</span>
                {room.name !== room.code && <span className={styles.roomName}>{room.name}</span>}
              </h2>
              <div className={styles.roomShare}>
                <p>
                  <strong>{room.figures.present}</strong> {fr`sur ${expected(room.figures)}`}
                </p>
                <Bar value={room.figures.present} of={expected(room.figures)} label={`Retrouvés en ${room.code}`} />
              </div>
            </header>
            <ScanField
              label={fr`Vu en ${room.code}`}
              field={field}
              onScan={(mark) => note({ check_id: row.id, room_id: room.room_id, mark, equipment_id: null })}
              onDown={() => list.current?.querySelector<HTMLElement>('input[type="checkbox"]')?.focus()}
              onRoom={(step) => {
                const beside = neighbour(rooms, room.room_id, step);
                if (beside) go(beside.room_id);
              }}
            />
            <LastSeen last={last} isPending={isPending} onUndo={takeBack} />
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard. */}
            <div className={styles.lines} tabIndex={0} role="region" aria-label={`Liste de la salle ${room.code}`}>
              {room.lines.length === 0 ? (
                <p className={styles.nothing}>
                  Le registre n’attend rien ici. Ce que vous y scannez sera proposé dans cette salle.
                </p>
              ) : (
                <RoomLines
                  key={room.room_id}
                  room={room}
                  list={list}
                  onTick={(equipment_id) => note({ check_id: row.id, room_id: room.room_id, mark: null, equipment_id })}
                  onUnsee={takeBack}
                  onLeave={toField}
                />
              )}
            </div>
            <footer className={styles.foot}>
              <p className={styles.keys}>
                <Kbd>Entrée</Kbd> noter{NBSP}·{NBSP}
                <Kbd>↓</Kbd> liste{NBSP}·{NBSP}
                <Kbd>Espace</Kbd> cocher{NBSP}·{NBSP}
                <Kbd>Pg suiv.</Kbd> autre salle
              </p>
              {next ? (
                <Button endIcon={ArrowRight} onPress={() => go(next.room_id)}>
                  {fr`Salle suivante : ${next.code}`}
                </Button>
              ) : (
                <p className={styles.soft}>Plus rien à retrouver dans les autres salles.</p>
              )}
            </footer>
          </section>
        )}
      </div>
      <ApplyDialog view={view} isOpen={dialog === "apply"} onClose={() => setDialog(null)} />
      <DropDialog row={row} isOpen={dialog === "drop"} onClose={() => setDialog(null)} />
    </Page>
  );
}

/** Notes what is scanned or ticked, one after the other, and tells the verdict of each. */
function useNoting(view: StockCheckView, tell: (last: Last) => void) {
  const see = useAct("stock_check_see", { quiet: true });
  const known = useRef(view);
  known.current = view;
  const queue = useRef(Promise.resolve());
  const rank = useRef(0);
  const note = (form: SightingForm) => {
    queue.current = queue.current.then(async () => {
      rank.current += 1;
      try {
        const { verdict, sentence, view: after } = await see.mutateAsync(form);
        const undo = addedSighting(known.current, after);
        known.current = after;
        tell({ rank: rank.current, verdict, sentence, undo });
      } catch (cause) {
        const what = form.mark === null ? "Ce" : quote(form.mark);
        const sentence = fr`${what} n'est pas noté : ${explain(cause as WireError)}`;
        tell({ rank: rank.current, verdict: null, sentence, undo: null });
      }
    });
  };
  return { note, isPending: see.isPending };
}

interface LastSeenProps {
  last: Last | null;
  isPending: boolean;
  onUndo: (sightingId: string) => void;
}

function LastSeen({ last, isPending, onUndo }: LastSeenProps) {
  const look = last?.verdict ? VERDICTS[last.verdict] : null;
  const Icon = look?.icon ?? CircleAlert;
  const undo = last?.undo;
  return (
    <div className={cx(styles.last, last ? styles[look?.tone ?? "bad"] : styles.idle)} aria-busy={isPending}>
      <div role="status" className={styles.verdict}>
        {last ? (
          <p key={last.rank} className={styles.verdictWords}>
            <Icon size={28} aria-hidden />
            <span>{last.sentence}</span>
          </p>
        ) : (
          <p className={styles.verdictWords}>Prêt à scanner.</p>
        )}
      </div>
      {undo && (
        <Button size="small" icon={Undo2} onPress={() => onUndo(undo)}>
          Annuler
        </Button>
      )}
    </div>
  );
}
