//! How a record ends: written off while dossiers speak of it (and that can be undone), deleted otherwise.
//! Deleting cannot be undone, so it is the one act of the register that asks first.
import { Archive, Trash2 } from "lucide-react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fr, plural, quote } from "../../text/fr";
import type { EquipmentView } from "../../wire/types";
import styles from "./Record.module.css";

export function Removal({ view, title }: { view: EquipmentView; title: string }) {
  const { form, tickets } = view;
  const [asking, setAsking] = useState(false);
  const [, go] = useLocation();
  const save = useAct("equipment_save");
  const remove = useAct("equipment_delete");
  const id = form.id ?? "";

  const writeOff = () =>
    save.mutate(
      { ...form, state: "reforme" },
      {
        onSuccess: () =>
          say({
            text: fr`Fiche passée à l'état « réformé » : ${title}.`,
            action: { label: "Annuler", run: () => save.mutate(form) },
          }),
      },
    );

  return (
    <div className={styles.end}>
      {form.state !== "reforme" && (
        <Button icon={Archive} isPending={save.isPending} onPress={writeOff}>
          Réformer
        </Button>
      )}
      {view.can_delete ? (
        <Button variant="danger" icon={Trash2} onPress={() => setAsking(true)}>
          Supprimer la fiche
        </Button>
      ) : (
        <p className={styles.soft}>
          {fr`${plural(tickets.length, "dossier")} ${tickets.length < 2 ? "parle" : "parlent"} de cet équipement : sa fiche se réforme, elle ne se supprime pas.`}
        </p>
      )}
      <Dialog
        title={"Supprimer cette fiche\u202f?"}
        isOpen={asking}
        onClose={() => setAsking(false)}
        actions={
          <>
            <Button onPress={() => setAsking(false)}>Garder la fiche</Button>
            <Button
              variant="danger"
              icon={Trash2}
              isPending={remove.isPending}
              onPress={() =>
                remove.mutate(
                  { id },
                  {
                    onSuccess: () => {
                      go("/equipements");
                      say({ text: fr`La fiche ${quote(title)} est supprimée.` });
                    },
                    onError: () => setAsking(false),
                  },
                )
              }
            >
              Supprimer la fiche
            </Button>
          </>
        }
      >
        <p>
          {fr`La fiche ${quote(title)} et ses informations disparaîtront du registre, sans retour possible.`}{" "}
          {form.state !== "reforme" &&
            fr`Pour un matériel sorti du collège, préférez « Réformer » : la fiche reste consultable.`}
        </p>
      </Dialog>
    </div>
  );
}
