//! The delivery: what came, one record for each serial number, all the same but for that number.
//! Invariant: how many records will be made is said before they are.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Dialog, DialogForm } from "../../components/Dialog";
import { FieldGrid, TextArea, TextField } from "../../components/Field";
import { useNow } from "../../components/RelativeTime";
import { ComboBox, Select } from "../../components/Select";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { agree, fr, plural, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { EquipmentFamily, NextStep, PurchaseView, TakenFile } from "../../wire/types";
import { FAMILIES } from "../equipment/words";
import { isoDay } from "../loans/days";
import { useRefusals } from "../profile/useRefusals";
import { Joined } from "./Joined";
import styles from "./Purchases.module.css";
import { readSerials } from "./serials";

const NOT_A_DAY = "Écrivez la date comme 14/09/2027.";
/** A list that also offers « none »: an empty id cannot be a key. */
const NONE = "aucune";
const FAMILY_OPTIONS = (Object.keys(FAMILIES) as EquipmentFamily[]).map((id) => ({ id, label: FAMILIES[id] }));

interface ReceiveDialogProps {
  purchase: PurchaseView;
  /** The delivery that can be noted now; absent, the dialog is closed. */
  step: NextStep | null;
  onClose: () => void;
}

export function ReceiveDialog({ purchase, step, onClose }: ReceiveDialogProps) {
  return (
    <Dialog title={step?.label ?? ""} isOpen={step !== null} onClose={onClose} wide>
      <ReceiveForm purchase={purchase} onClose={onClose} />
    </Dialog>
  );
}

function ReceiveForm({ purchase, onClose }: Omit<ReceiveDialogProps, "step">) {
  const now = useNow();
  const choices = useCall("register_choices", {});
  const [text, setText] = useState({
    on_date: shortDay(isoDay(now)),
    kind: purchase.form.kind,
    brand: "",
    model: "",
    serials: "",
    // Of a delivery in several parts, what is still to come.
    quantity: String(Math.max(1, purchase.form.quantity - purchase.equipment.length)),
    invoice_ref: "",
    warranty_on: "",
  });
  const [family, setFamily] = useState<EquipmentFamily | null>(purchase.equipment[0]?.family ?? null);
  const [roomId, setRoomId] = useState<string | null>(null);
  const [file, setFile] = useState<TakenFile | null>(null);
  const { form, errors, refuse, mend } = useRefusals();
  const receive = useAct("purchase_receive", { quiet: true });
  const forget = useAct("file_drop", { quiet: true });

  const { serials, repeated } = readSerials(text.serials);
  const typed = /^\d{1,4}$/.test(text.quantity.trim()) ? Number(text.quantity) : undefined;
  const quantity = serials.length > 0 ? serials.length : typed;

  const close = () => {
    if (file) forget.mutate({ id: file.id });
    onClose();
  };
  const submit = () => {
    const on_date = readDay(text.on_date);
    const warranty_on = readDay(text.warranty_on);
    if (!on_date || warranty_on === undefined || !quantity || family === null) {
      refuse({
        ...(family === null ? { family: "Choisissez la famille de ces appareils." } : {}),
        ...(on_date ? {} : { on_date: NOT_A_DAY }),
        ...(warranty_on === undefined ? { warranty_on: NOT_A_DAY } : {}),
        ...(quantity ? {} : { quantity: "Écrivez combien d’appareils sont arrivés." }),
      });
      return;
    }
    const { kind, brand, model, invoice_ref } = text;
    receive.mutate(
      {
        purchase_id: purchase.row.id,
        on_date,
        family,
        kind,
        brand,
        model,
        serials: [...serials],
        quantity,
        room_id: roomId,
        invoice_ref,
        warranty_on,
        file_id: file?.id ?? null,
      },
      {
        onError: ({ field, message }) => field !== null && refuse({ [field]: message }),
        onSuccess: () => {
          onClose();
          say({ text: fr`Livraison notée : ${plural(quantity, "fiche")} au registre.` });
        },
      },
    );
  };
  const field = (name: keyof typeof text) => ({
    value: text[name],
    onChange: (value: string) => {
      setText({ ...text, [name]: value });
      mend([name]);
    },
    error: errors[name],
    autoComplete: "off",
  });
  return (
    <DialogForm
      ref={form}
      onSubmit={submit}
      actions={
        <>
          <Button onPress={close}>Annuler</Button>
          <Button type="submit" variant="primary" isPending={receive.isPending}>
            {quantity ? `Créer ${plural(quantity, "fiche")}` : "Créer les fiches"}
          </Button>
        </>
      }
    >
      {receive.error && (receive.error.field === null || !(receive.error.field in errors)) && (
        <Callout tone="bad" announce>
          {explain(receive.error)}
        </Callout>
      )}
      <FieldGrid>
        <TextField label="Reçu le" placeholder="JJ/MM/AAAA" {...field("on_date")} />
        <Select
          label="Famille"
          options={FAMILY_OPTIONS}
          value={family}
          onChange={(id) => {
            setFamily(id);
            mend(["family"]);
          }}
          error={errors.family}
        />
        <ComboBox
          label="Type"
          allowsCustomValue
          menuTrigger="input"
          options={(choices.data?.kinds ?? []).map((kind) => ({ id: kind, label: kind }))}
          inputValue={text.kind}
          onInputChange={(kind) => kind !== text.kind && field("kind").onChange(kind)}
          error={errors.kind}
        />
        <TextField label="Marque" optional {...field("brand")} />
        <TextField label="Modèle" optional {...field("model")} />
        <Select
          label="Salle"
          optional
          options={[
            { id: NONE, label: "Sans salle, en réserve" },
            ...(choices.data?.rooms ?? []).map(({ id, code, name }) => ({
              id,
              label: [code, name !== code && name].filter(Boolean).join(" · "),
            })),
          ]}
          value={roomId ?? NONE}
          onChange={(id) => setRoomId(id === NONE ? null : id)}
          error={errors.room_id}
        />
      </FieldGrid>
      <div className={styles.serials}>
        <TextArea
          label="Numéros de série"
          hint="Un par ligne, tapés, collés ou scannés."
          optional
          mono
          rows={5}
          {...field("serials")}
        />
        <TextField
          label="Nombre d’appareils"
          hint={serials.length > 0 ? "Compté d’après les numéros." : "S’ils n’ont pas de numéro."}
          inputMode="numeric"
          {...field("quantity")}
          value={serials.length > 0 ? String(serials.length) : text.quantity}
          isReadOnly={serials.length > 0}
        />
      </div>
      <p role="status" className={styles.soft}>
        {repeated.length > 0 &&
          fr`${plural(repeated.length, "numéro")} ${agree(repeated.length, "écrit", "écrits")} deux fois, ${agree(repeated.length, "compté", "comptés")} une seule : ${repeated.join(", ")}.`}
      </p>
      <FieldGrid>
        <TextField label="Facture" optional mono {...field("invoice_ref")} />
        <TextField label="Garantie jusqu’au" optional placeholder="JJ/MM/AAAA" {...field("warranty_on")} />
      </FieldGrid>
      <Joined label="Bon de livraison ou facture" file={file} onFile={setFile} error={errors.file_id} />
    </DialogForm>
  );
}
