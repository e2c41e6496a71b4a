//! Labels of the chosen machines: which sheet, which code, and where a begun sheet is free. The document opens from the
//! message that says where it is.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { RadioCards } from "../../components/RadioCards";
import { saySaved } from "../../components/Saved";
import { Select } from "../../components/Select";
import { Skeleton } from "../../components/Skeleton";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr, plural } from "../../text/fr";
import type { LabelChoices, LabelCode, LabelStock } from "../../wire/types";
import styles from "./Labels.module.css";
import { SheetGrid } from "./SheetGrid";
import { sentence } from "./sheets";

interface LabelsDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** In the order they are printed. */
  ids: readonly string[];
}

export function LabelsDialog({ isOpen, onClose, ids }: LabelsDialogProps) {
  return (
    <Dialog title={fr`Étiquettes : ${plural(ids.length, "équipement")}`} isOpen={isOpen} onClose={onClose} wide>
      <Asked ids={ids} onClose={onClose} />
    </Dialog>
  );
}

function Asked(props: Omit<LabelsDialogProps, "isOpen">) {
  const { data, error } = useCall("label_choices", {});
  if (data) return <LabelsForm {...props} choices={data} />;
  return error ? (
    <Callout tone="bad" announce>
      {explain(error)}
    </Callout>
  ) : (
    <Skeleton lines={8} label="Chargement des feuilles" />
  );
}

const CODES: readonly { id: LabelCode; label: string; hint: string }[] = [
  { id: "qr", label: "Code QR", hint: "Petit, lu par un téléphone et par la plupart des douchettes." },
  { id: "code128", label: "Code-barres (Code 128)", hint: "Plus long, lu par toute douchette." },
];

function LabelsForm({ ids, onClose, choices }: Omit<LabelsDialogProps, "isOpen"> & { choices: LabelChoices }) {
  const [stock, setStock] = useState<LabelStock>(choices.stock);
  const [code, setCode] = useState<LabelCode>(choices.code);
  const [first, setFirst] = useState(1);
  const print = useAct("label_print", { quiet: true });
  const perPage = choices.stocks.find((each) => each.stock === stock)?.per_page ?? 1;
  const submit = () =>
    print.mutate(
      { ids: [...ids], stock, code, first },
      {
        onSuccess: (file) => {
          onClose();
          saySaved(file);
        },
      },
    );
  return (
    <DialogForm
      onSubmit={submit}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button variant="primary" type="submit" isPending={print.isPending}>
            Créer les étiquettes
          </Button>
        </>
      }
    >
      {print.error && (
        <Callout tone="bad" announce>
          {explain(print.error)}
        </Callout>
      )}
      <div className={styles.form}>
        <div className={styles.fields}>
          <Select
            label="Feuille ou rouleau"
            hint="La référence est écrite sur la boîte."
            options={choices.stocks.map(({ stock: id, label }) => ({ id, label }))}
            value={stock}
            onChange={(id) => {
              setStock(id);
              setFirst(1);
            }}
          />
          <RadioCards
            label="Code à scanner"
            options={CODES}
            value={code}
            onChange={(id) => setCode(id === "qr" ? "qr" : "code128")}
            numbered={false}
          />
        </div>
        {perPage > 1 && (
          <SheetGrid stock={stock} perPage={perPage} labels={ids.length} first={first} onFirst={setFirst} />
        )}
      </div>
      <p role="status" className={styles.sentence}>
        {sentence(perPage, first, ids.length)}
      </p>
    </DialogForm>
  );
}
