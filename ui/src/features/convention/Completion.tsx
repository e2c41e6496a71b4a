//! Under a cell that the convention leaves open: who may fill it from the signed copy, or who filled it, when, and from
//! which page. Invariant: only an entitled person is offered the act; the others are told why not, in one sentence.
import { Eraser, FileCheck, PencilLine } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { useAct } from "../../data";
import { sayDone } from "../../data/batches";
import { day, fr } from "../../text/fr";
import type { Cell, ConventionView, Service } from "../../wire/types";
import { CompleteDialog } from "./CompleteDialog";
import { focusChosenSoon } from "./Matrix";
import styles from "./Matrix.module.css";

interface CompletionProps {
  service: Service;
  cell: Cell;
  view: Pick<ConventionView, "may_complete" | "may_not">;
}

export function Completion({ service, cell, view }: CompletionProps) {
  const [isOpen, setOpen] = useState(false);
  const clear = useAct("cell_clear");
  const { completed } = cell;
  if (completed === null && cell.basis !== "inconnu") return null;
  const place = { service: service.id, perimeter: cell.perimeter, activity: cell.activity };
  return (
    <div className={styles.completion}>
      {completed && (
        <p className={styles.read}>
          <FileCheck size={16} aria-hidden />
          <span>{fr`Lu sur l'exemplaire signé, ${pageOf(completed.page)}, par ${completed.by}, le ${day(completed.on)}.`}</span>
        </p>
      )}
      {view.may_complete ? (
        <div className={styles.acts}>
          <Button size="small" icon={PencilLine} onPress={() => setOpen(true)}>
            {completed ? "Corriger" : "Compléter d’après l’exemplaire signé"}
          </Button>
          {completed && (
            <Button
              size="small"
              variant="quiet"
              icon={Eraser}
              isPending={clear.isPending}
              onPress={() =>
                clear.mutate(place, {
                  onSuccess: (done) => {
                    sayDone(done);
                    focusChosenSoon();
                  },
                })
              }
            >
              Effacer
            </Button>
          )}
        </div>
      ) : (
        view.may_not && <p className={styles.soft}>{view.may_not}</p>
      )}
      <CompleteDialog
        service={service}
        cell={cell}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        onDone={(done) => {
          setOpen(false);
          sayDone(done);
          focusChosenSoon();
        }}
      />
    </div>
  );
}

/** « 12 » is a page; « annexe 2, feuille 3 » says itself what it is. */
function pageOf(page: string): string {
  return /^\d/.test(page) ? `page ${page}` : page;
}
