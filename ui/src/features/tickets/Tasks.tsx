//! What the person does himself, step by step: ticked one by one, each with the day it was done.
//! Once all is done, closing is proposed, where nobody else keeps the dossier.
import { Archive } from "lucide-react";
import { useId } from "react";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { RelativeTime } from "../../components/RelativeTime";
import { Bar } from "../../components/Steps";
import { useAct } from "../../data";
import { agree, number } from "../../text/fr";
import type { Task } from "../../wire/types";
import { Terms } from "../convention/Terms";
import styles from "./Reading.module.css";

interface TasksProps {
  ticketId: string;
  tasks: readonly Task[];
  onClose?: () => void;
}

export function Tasks({ ticketId, tasks, onClose }: TasksProps) {
  const id = useId();
  const tick = useAct("ticket_task");
  const done = tasks.filter(({ done_at_ms }) => done_at_ms !== null).length;
  const sentence = `${number(done)} sur ${number(tasks.length)} ${agree(done, "faite", "faites")}`;
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.taskHead}>
        <h3 id={id}>À faire, étape par étape</h3>
        <p role="status" className={styles.soft}>
          {sentence}
        </p>
      </div>
      <Bar value={done} of={tasks.length} label="Étapes faites" />
      <ol className={styles.tasks} aria-labelledby={id}>
        {tasks.map((task) => (
          <li key={task.id}>
            <Checkbox
              isSelected={task.done_at_ms !== null}
              onChange={(isDone) => tick.mutate({ ticket_id: ticketId, task_id: task.id, done: isDone })}
            >
              <Terms within="control">{task.text}</Terms>
              {task.done_at_ms !== null && (
                <span className={styles.soft}>
                  {" "}
                  · fait <RelativeTime when={task.done_at_ms} />
                </span>
              )}
            </Checkbox>
          </li>
        ))}
      </ol>
      {done === tasks.length && onClose && (
        <div className={styles.allDone}>
          <p>{"Toutes les étapes sont faites\u202f: le dossier peut être fermé."}</p>
          <Button size="small" variant="primary" icon={Archive} onPress={onClose}>
            Fermer le dossier
          </Button>
        </div>
      )}
    </section>
  );
}
