//! A récolement that is over: its figures, what was found in each room, and the report to keep or to sign.
import { Card } from "../../components/Card";
import { cx } from "../../components/cx";
import { Page } from "../../components/Page";
import { useNow } from "../../components/RelativeTime";
import { agree, capital, fr, number, plural, relative } from "../../text/fr";
import type { StockCheckView } from "../../wire/types";
import { linkTo } from "../frame/places";
import styles from "./Check.module.css";
import { ReportMenu } from "./ReportMenu";
import { RoomLines } from "./RoomLines";
import { CHECK_STATES, expected } from "./words";

export function Ended({ view }: { view: StockCheckView }) {
  const { row, rooms } = view;
  const { figures } = row;
  const now = useNow();
  const when =
    row.applied_at_ms === null
      ? `${CHECK_STATES[row.state]}, commencé ${relative(row.created_at_ms, now)}`
      : `${CHECK_STATES[row.state]} ${relative(row.applied_at_ms, now)}`;
  const tiles = [
    { value: figures.present, word: agree(figures.present, "présent"), tone: "good" },
    { value: figures.moved, word: agree(figures.moved, "déplacé"), tone: "care" },
    { value: figures.missing, word: agree(figures.missing, "manquant"), tone: "bad" },
    { value: figures.unknown, word: agree(figures.unknown, "inconnu"), tone: "bad" },
  ] as const;
  return (
    <Page
      title={row.title}
      subtitle={fr`${when} · ${plural(rooms.length, "salle")}`}
      back={<a href={linkTo("/recolements")}>← Récolements</a>}
      actions={<ReportMenu checkId={row.id} />}
    >
      <dl className={styles.tiles}>
        {tiles.map(({ value, word, tone }) => (
          <div key={word} className={styles.tile}>
            <dt>{capital(word)}</dt>
            <dd className={cx(value > 0 && styles[tone])}>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {rooms.map((room) => (
        <Card
          key={room.room_id}
          title={[room.code, room.name !== room.code && room.name].filter(Boolean).join(" · ")}
          note={fr`${room.figures.present} sur ${expected(room.figures)}`}
        >
          {room.lines.length === 0 ? (
            <p className={styles.soft}>Rien d’attendu, rien de vu.</p>
          ) : (
            <RoomLines room={room} />
          )}
        </Card>
      ))}
    </Page>
  );
}
