//! What can be done with the chosen rows, at the foot of the list, where the keys are told when none is chosen: the rows
//! above never move under the pointer.
import { Handshake, Pencil, Tag, X } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { say } from "../../components/Toast";
import { useCall } from "../../data";
import { explain } from "../../errors/table";
import { plural } from "../../text/fr";
import type { EquipmentColumn, EquipmentPick, EquipmentQuery, EquipmentRow, WireError } from "../../wire/types";
import { LabelsDialog } from "../labels/LabelsDialog";
import { LendDialog } from "../loans/LendDialog";
import { BulkDialog } from "./BulkDialog";
import styles from "./Equipment.module.css";
import { ExportMenu } from "./ExportMenu";
import { picksOf } from "./picks";
import { useChosen } from "./useChosen";

/** A loan names its machines one by one: beyond this many it is not proposed. */
const LENT_AT_ONCE = 50;

interface SelectionBarProps {
  ticked: ReadonlySet<string>;
  query: EquipmentQuery;
  columns: readonly EquipmentColumn[];
  rows: readonly (EquipmentRow | undefined)[];
  onClear: () => void;
}

export function SelectionBar({ ticked, query, columns, rows, onClear }: SelectionBarProps) {
  const [dialog, setDialog] = useState<"bulk" | "labels" | null>(null);
  const [lent, setLent] = useState<readonly EquipmentPick[]>([]);
  const [isNaming, setNaming] = useState(false);
  const chosen = useChosen(ticked, query, dialog !== null);
  const choices = useCall("register_choices", {}, { when: dialog === "bulk" });

  const lend = async () => {
    setNaming(true);
    try {
      setLent(await picksOf([...ticked], rows));
    } catch (cause) {
      say({ text: explain(cause as WireError), tone: "bad" });
    }
    setNaming(false);
  };
  return (
    <div className={styles.bar} role="group" aria-label="Équipements choisis">
      <p role="status" className={styles.chosen}>
        {plural(ticked.size, "choisi")}
      </p>
      <Button size="small" icon={Pencil} onPress={() => setDialog("bulk")}>
        Modifier…
      </Button>
      <Button size="small" icon={Tag} onPress={() => setDialog("labels")}>
        Étiquettes…
      </Button>
      <ExportMenu ids={[...ticked]} query={query} total={ticked.size} columns={columns} />
      {ticked.size <= LENT_AT_ONCE && (
        <Button size="small" icon={Handshake} isPending={isNaming} onPress={() => void lend()}>
          Prêter…
        </Button>
      )}
      <Button variant="quiet" size="small" icon={X} onPress={onClear}>
        Ne plus choisir
      </Button>
      <BulkDialog isOpen={dialog === "bulk"} onClose={() => setDialog(null)} chosen={chosen} choices={choices.data} />
      <LabelsDialog isOpen={dialog === "labels"} onClose={() => setDialog(null)} ids={chosen.ids} />
      <LendDialog isOpen={lent.length > 0} onClose={() => setLent([])} machines={lent} />
    </div>
  );
}
