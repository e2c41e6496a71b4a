//! How a récolement ends: applied in one act that can be undone, or given up. What will change is read before it does.
//! Giving up cannot be undone, so it is asked first; applying is undone from its message.
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { RadioCards } from "../../components/RadioCards";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { sayDone } from "../../data/batches";
import { explain } from "../../errors/table";
import { agree, fr, number, plural } from "../../text/fr";
import type { MissingAct, StockCheckRow, StockCheckView } from "../../wire/types";
import styles from "./Check.module.css";
import { isUnvisited } from "./rounds";
import { linesOf } from "./words";

interface EndingProps {
  isOpen: boolean;
  onClose: () => void;
}

const MISSING: readonly { id: MissingAct; label: string; hint: string }[] = [
  { id: "garder", label: "Les laisser dans leur salle", hint: "Rien ne change pour eux au registre." },
  {
    id: "sans-salle",
    label: "Les passer sans salle",
    hint: fr`On les retrouve ensuite par le filtre « Sans salle » de la liste.`,
  },
];

export function ApplyDialog({ view, isOpen, onClose }: EndingProps & { view: StockCheckView }) {
  return (
    <Dialog title="Appliquer le récolement" isOpen={isOpen} onClose={onClose}>
      <ApplyForm view={view} onClose={onClose} />
    </Dialog>
  );
}

function ApplyForm({ view, onClose }: { view: StockCheckView; onClose: () => void }) {
  const [missing, setMissing] = useState<MissingAct>("garder");
  const apply = useAct("stock_check_apply", { quiet: true });
  const { rooms } = view;
  const count = (...verdicts: Parameters<typeof linesOf>[1][]) =>
    rooms.reduce((sum, { lines }) => sum + verdicts.reduce((part, each) => part + linesOf(lines, each).length, 0), 0);
  const moved = count("deplace");
  const lost = count("attendu", "manquant");
  const unknown = count("inconnu");
  const unvisited = rooms.filter(isUnvisited).map(({ code }) => code);

  const submit = () =>
    apply.mutate(
      { id: view.row.id, missing },
      {
        onSuccess: (done) => {
          onClose();
          sayDone(done);
        },
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Continuer le récolement</Button>
          <Button type="submit" variant="primary" isPending={apply.isPending}>
            Appliquer
          </Button>
        </>
      }
    >
      {apply.error && (
        <Callout tone="bad" announce>
          {explain(apply.error)}
        </Callout>
      )}
      {unvisited.length > 0 && (
        <Callout tone="care" title={fr`Rien n'a été vu en ${unvisited.join(", ")}`}>
          {unvisited.length === 1
            ? "Si vous n’y êtes pas passé, ce qui y est inscrit sera compté comme manquant."
            : "Si vous n’êtes pas passé dans ces salles, ce qui y est inscrit sera compté comme manquant."}
        </Callout>
      )}
      <ul className={styles.changes}>
        <li>
          {moved === 0
            ? "Aucun équipement ne change de salle."
            : `${plural(moved, "équipement")} ${agree(moved, "change", "changent")} de salle, là où vous ${agree(moved, "l’avez vu", "les avez vus")}.`}
        </li>
        <li>
          {lost === 0 ? "Rien ne manque." : `${plural(lost, "équipement")} ${agree(lost, "manque", "manquent")}.`}
        </li>
        {unknown > 0 && (
          <li>
            {`${number(unknown)} ${agree(unknown, "code inconnu reste", "codes inconnus restent")} dans le rapport, sans fiche au registre.`}
          </li>
        )}
      </ul>
      {lost > 0 && (
        <RadioCards
          label={fr`Que deviennent les manquants ?`}
          options={MISSING}
          value={missing}
          onChange={(id) => setMissing(MISSING.find((each) => each.id === id)?.id ?? missing)}
          numbered={false}
        />
      )}
    </DialogForm>
  );
}

export function DropDialog({ row, isOpen, onClose }: EndingProps & { row: StockCheckRow }) {
  const [, go] = useLocation();
  const drop = useAct("stock_check_drop");
  return (
    <Dialog
      title={"Abandonner ce récolement\u202f?"}
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Continuer le récolement</Button>
          <Button
            variant="danger"
            icon={Trash2}
            isPending={drop.isPending}
            onPress={() =>
              drop.mutate(
                { id: row.id },
                {
                  onSuccess: () => {
                    onClose();
                    go("/recolements");
                    say({ text: fr`${row.title} est abandonné.` });
                  },
                },
              )
            }
          >
            Abandonner
          </Button>
        </>
      }
    >
      <p>
        Le registre ne change pas. Ce qui a été vu reste lisible, mais ne pourra plus être appliqué. Pour reprendre un
        autre jour, il suffit de quitter cet écran.
      </p>
    </Dialog>
  );
}
