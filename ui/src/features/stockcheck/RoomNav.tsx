//! The rooms of the round, each with how far it is; one choice in a narrow window.
import { CircleCheck } from "lucide-react";
import { Button } from "react-aria-components";
import { cx } from "../../components/cx";
import { Select } from "../../components/Select";
import { useNarrow } from "../../components/useNarrow";
import { fr } from "../../text/fr";
import type { CheckRoom } from "../../wire/types";
import styles from "./Check.module.css";
import { isAwaiting } from "./rounds";
import { expected } from "./words";

interface RoomNavProps {
  rooms: readonly CheckRoom[];
  currentId: string;
  onChoose: (id: string) => void;
}

export function RoomNav({ rooms, currentId, onChoose }: RoomNavProps) {
  const isNarrow = useNarrow(960);
  if (isNarrow) {
    return (
      <Select
        label="Salle"
        options={rooms.map(({ room_id, code, name, figures }) => ({
          id: room_id,
          label: [code, name !== code && name].filter(Boolean).join(" · "),
          detail: fr`${figures.present} sur ${expected(figures)}`,
        }))}
        value={currentId}
        onChange={onChoose}
      />
    );
  }
  return (
    <nav aria-label="Salles du récolement" className={styles.rooms}>
      <ol>
        {rooms.map((room) => {
          const { room_id, code, name, figures } = room;
          const here = room_id === currentId;
          const done = !isAwaiting(room);
          return (
            <li key={room_id}>
              <Button
                className={cx(styles.place, here && styles.here)}
                onPress={() => onChoose(room_id)}
                {...(here ? { "aria-current": "true" as const } : {})}
              >
                <span className={styles.placeName}>
                  <strong>{code}</strong>
                  {name && name !== code && <span className={styles.placeWords}>{name}</span>}
                </span>
                <span className={cx(styles.share, done && styles.good)}>
                  {done && <CircleCheck size={16} aria-hidden />}
                  {done && <span className="visually-hidden">faite, </span>}
                  <span aria-hidden>
                    {figures.present}/{expected(figures)}
                  </span>
                  <span className="visually-hidden">{fr`${figures.present} sur ${expected(figures)}`}</span>
                </span>
              </Button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
