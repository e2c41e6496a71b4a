//! The task sheets of the two relays, as checklists for the school year: what is done is ticked, with its day.
//! Invariant: a tick shown is one that was kept; each school year begins with none.
import { Card } from "../../components/Card";
import { Checkbox } from "../../components/Checkbox";
import { Bar } from "../../components/Steps";
import { useAct } from "../../data";
import { agree, day, fr } from "../../text/fr";
import type { Mission, MissionPoint, MissionSection } from "../../wire/types";
import { Heading, Stacked } from "./Annexes";
import styles from "./Annexes.module.css";
import { Marked, Terms } from "./Terms";

interface MissionsProps {
  /** Those that answer the search. */
  missions: readonly Mission[];
  /** All of them: the progress does not follow the search. */
  all: readonly Mission[];
  year: string;
}

export function Missions({ missions, all, year }: MissionsProps) {
  return (
    <Stacked
      intro={fr`Qui fait quoi dans le collège. Cochez ce qui est fait : l'année scolaire ${year} garde la date, la suivante repart de zéro.`}
    >
      <div className={styles.columns}>
        {missions.map((mission) => (
          <Card key={mission.id} title={<Heading>{mission.title}</Heading>} note={mission.annexe}>
            <Progress mission={all.find(({ id }) => id === mission.id) ?? mission} />
            {mission.sections.map((section) => (
              <Part key={section.title} section={section} />
            ))}
          </Card>
        ))}
      </div>
    </Stacked>
  );
}

function Progress({ mission }: { mission: Mission }) {
  const points = mission.sections.flatMap((section) => section.points);
  const done = points.filter((point) => point.done_on !== null).length;
  if (points.length === 0) return null;
  return (
    <div className={styles.progress}>
      <Bar value={done} of={points.length} label="Points faits" />
      <p>{fr`${done} sur ${points.length} ${agree(done, "fait", "faits")}`}</p>
    </div>
  );
}

function Part({ section: { title, text, points, after } }: { section: MissionSection }) {
  return (
    <section className={styles.section}>
      <h3>
        <Marked>{title}</Marked>
      </h3>
      <Sentences list={text} />
      {points.length > 0 && (
        <ul className={styles.points}>
          {points.map((point) => (
            <li key={point.id}>
              <Point point={point} />
            </li>
          ))}
        </ul>
      )}
      <Sentences list={after} />
    </section>
  );
}

function Sentences({ list }: { list: readonly string[] }) {
  return list.map((sentence) => (
    <p key={sentence}>
      <Terms>{sentence}</Terms>
    </p>
  ));
}

function Point({ point: { id, text, done_on } }: { point: MissionPoint }) {
  const { mutate, isPending } = useAct("mission_tick");
  return (
    <Checkbox isSelected={done_on !== null} isReadOnly={isPending} onChange={(done) => mutate({ point: id, done })}>
      <Terms within="control">{text}</Terms>
      {done_on !== null && <span className={styles.done}>fait le {day(done_on)}</span>}
    </Checkbox>
  );
}
