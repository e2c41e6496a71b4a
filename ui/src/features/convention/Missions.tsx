//! The task sheets of the two relays, as checklists for the school year: what is done is ticked, with its day.
//! Invariant: only what the sheet calls a task has a box; a tick shown is one that was kept; each school year begins
//! with none.
import { Card } from "../../components/Card";
import { Checkbox } from "../../components/Checkbox";
import { Bar } from "../../components/Steps";
import { useAct } from "../../data";
import { day, fr, plural } from "../../text/fr";
import type { Mission, MissionLine, MissionSection } from "../../wire/types";
import { Heading, Stacked } from "./Annexes";
import styles from "./Annexes.module.css";
import { progress } from "./progress";
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
  const { done, all } = progress(mission);
  if (all === 0) return null;
  return (
    <div className={styles.progress}>
      <Bar value={done} of={all} label="Tâches faites" />
      <p>{fr`${plural(done, "tâche faite", "tâches faites")} sur ${all}`}</p>
    </div>
  );
}

function Part({ section: { title, text, points, after } }: { section: MissionSection }) {
  return (
    <section className={styles.section}>
      <h3>
        <Marked>{title}</Marked>
      </h3>
      <Sentences lines={text} />
      {points.length > 0 && (
        <ul className={styles.points}>
          {points.map((line) =>
            line.point === null ? (
              <li key={line.text} className={styles.named}>
                <Terms>{line.text}</Terms>
              </li>
            ) : (
              <li key={line.point}>
                <Task point={line.point} line={line} />
              </li>
            ),
          )}
        </ul>
      )}
      <Sentences lines={after} />
    </section>
  );
}

function Sentences({ lines }: { lines: readonly MissionLine[] }) {
  return lines.map((line) =>
    line.point === null ? (
      <p key={line.text}>
        <Terms>{line.text}</Terms>
      </p>
    ) : (
      <Task key={line.point} point={line.point} line={line} />
    ),
  );
}

function Task({ point, line: { text, done_on } }: { point: string; line: MissionLine }) {
  const { mutate, isPending } = useAct("mission_tick");
  return (
    <Checkbox isSelected={done_on !== null} isReadOnly={isPending} onChange={(done) => mutate({ point, done })}>
      <Terms within="control">{text}</Terms>
      {done_on !== null && <span className={styles.done}>fait le {day(done_on)}</span>}
    </Checkbox>
  );
}
