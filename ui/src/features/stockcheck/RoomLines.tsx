//! What a room holds according to the register and to what was seen: one part for each verdict, its word as title.
//! The machines still awaited are ticked with Space and walked with the arrows; the others can be taken back.
import { Undo2 } from "lucide-react";
import { type KeyboardEvent, type RefObject, useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { cx } from "../../components/cx";
import { Disclosure } from "../../components/Disclosure";
import { fr } from "../../text/fr";
import type { CheckLine, CheckRoom } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./RoomLines.module.css";
import { linesOf, PARTS, VERDICTS } from "./words";

interface RoomLinesProps {
  room: CheckRoom;
  /** Absent once the check is over: the lines are only read. */
  onTick?: (equipmentId: string) => void;
  onUnsee?: (sightingId: string) => void;
  /** The awaited machines, to be reached from the scan field. */
  list?: RefObject<HTMLUListElement | null>;
  /** The focus has nothing left to stand on, or goes up from the first line. */
  onLeave?: () => void;
}

export function RoomLines({ room, onTick, onUnsee, list, onLeave }: RoomLinesProps) {
  return (
    <>
      {PARTS.map(({ verdict, title }) => {
        const lines = linesOf(room.lines, verdict);
        if (lines.length === 0) return null;
        const { icon: Icon, tone } = VERDICTS[verdict];
        const rows = (
          <ul>
            {lines.map((line) => (
              <Line key={line.sighting_id ?? line.equipment_id ?? line.mark} line={line} onUnsee={onUnsee} />
            ))}
          </ul>
        );
        // Once it is over, what is as it should be is folded: the rest is what one reads.
        if (verdict === "present" && !onTick) {
          return (
            <Disclosure key={verdict} title={fr`${title} (${lines.length})`} level={3}>
              {rows}
            </Disclosure>
          );
        }
        return (
          <div key={verdict} className={styles.part}>
            <h3 className={cx(styles.partTitle, styles[tone])}>
              <Icon size={18} aria-hidden />
              {title}
              <span className={styles.partCount}>{lines.length}</span>
            </h3>
            {verdict === "attendu" && onTick ? (
              <Awaited lines={lines} onTick={onTick} list={list} onLeave={onLeave} />
            ) : (
              rows
            )}
          </div>
        );
      })}
    </>
  );
}

function What({ line }: { line: CheckLine }) {
  return (
    <span className={styles.what}>
      <span className={styles.label}>{line.label}</span>
      {line.mark && line.mark !== line.label && <span className={cx("mono", styles.mark)}>{line.mark}</span>}
      {line.detail && <span className={styles.detail}>{line.detail}</span>}
    </span>
  );
}

function Line({ line, onUnsee }: { line: CheckLine; onUnsee: ((id: string) => void) | undefined }) {
  const { sighting_id, equipment_id, label, mark } = line;
  return (
    <li className={styles.line}>
      {equipment_id && !onUnsee ? (
        <a href={linkTo(pathTo.equipment(equipment_id))} className={styles.link}>
          <What line={line} />
        </a>
      ) : (
        <What line={line} />
      )}
      {sighting_id && onUnsee && (
        <Button
          size="small"
          variant="quiet"
          icon={Undo2}
          aria-label={`Retirer ${label} ${mark} de ce qui a été vu`}
          onPress={() => onUnsee(sighting_id)}
        >
          Retirer
        </Button>
      )}
    </li>
  );
}

type AwaitedProps = Required<Pick<RoomLinesProps, "onTick">> & {
  lines: readonly CheckLine[];
  list: RoomLinesProps["list"] | undefined;
  onLeave: RoomLinesProps["onLeave"] | undefined;
};

const boxes = (list: HTMLUListElement | null | undefined) => [
  ...(list?.querySelectorAll<HTMLInputElement>('input[type="checkbox"]') ?? []),
];

function Awaited({ lines, onTick, list, onLeave }: AwaitedProps) {
  // A ticked line leaves the list with the focus: the line that takes its place takes it over.
  const ticked = useRef<number | null>(null);
  const count = lines.length;
  useEffect(() => {
    if (ticked.current === null) return;
    const next = boxes(list?.current)[Math.min(ticked.current, count - 1)];
    ticked.current = null;
    if (next) next.focus();
    else onLeave?.();
  }, [count, list, onLeave]);
  // The last one ticked takes the whole list away, and its effect with it.
  useEffect(() => () => onLeave?.(), [onLeave]);

  const onKeyDown = (event: KeyboardEvent) => {
    const all = boxes(list?.current);
    const at = all.findIndex((box) => box.matches(":focus"));
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || step === undefined) return;
    event.preventDefault();
    if (step < 0) onLeave?.();
    else all[Math.min(step, all.length - 1)]?.focus();
  };
  return (
    <ul ref={list} onKeyDown={onKeyDown}>
      {lines.map((line, index) => (
        <li key={line.equipment_id ?? line.mark} className={styles.line}>
          <Checkbox
            isSelected={false}
            onChange={() => {
              if (line.equipment_id === null) return;
              ticked.current = document.activeElement?.matches(":focus-visible") ? index : null;
              onTick(line.equipment_id);
              if (ticked.current === null) onLeave?.();
            }}
          >
            <What line={line} />
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}
