//! What is known of a machine, in three groups. What is not known is left out of the identity, and asked for elsewhere.
import { Card } from "../../components/Card";
import { type Definition, Definitions } from "../../components/Definitions";
import { NBSP, number, shortDay } from "../../text/fr";
import type { EquipmentForm, EquipmentView, PurchaseRow, Room } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Record.module.css";
import { FAMILIES, FUNDINGS, NETWORKS, State, Unknown, Warranty } from "./words";

export function Facts({ view, room }: { view: EquipmentView; room: Room | undefined }) {
  const { row, form } = view;
  return (
    <>
      <Card title="Où, et pour qui">
        <Definitions
          items={[
            { term: "État", value: <State state={row.state} /> },
            { term: "Salle", value: roomName(row.room, room) ?? <Unknown words="sans salle" /> },
            { term: "Utilisé par", value: row.user_line ?? <Unknown words="personne en particulier" /> },
            { term: "Réseau", value: NETWORKS[row.perimeter] },
            ...(form.notes ? [{ term: "Notes", value: <p className={styles.notes}>{form.notes}</p> }] : []),
          ]}
        />
      </Card>
      <Card title="L’appareil">
        <Definitions items={identity(form)} />
      </Card>
      <Card title="Achat et garantie">
        <Definitions
          items={[
            { term: "Payé par", value: FUNDINGS[form.funding] },
            ...(form.funding === "fonds-propres"
              ? [{ term: "Achat validé par le Département", value: form.validated ? "oui" : "non" }]
              : []),
            { term: "Acheté le", value: form.bought_on ? shortDay(form.bought_on) : <Unknown words="date inconnue" /> },
            ...(form.price_cents === null
              ? []
              : [{ term: "Prix", value: `${number(form.price_cents / 100, 2)}${NBSP}€` }]),
            ...known({ "Bon de commande": form.order_ref, Facture: form.invoice_ref }),
            { term: "Garantie jusqu’au", value: <Warranty row={row} /> },
            ...(form.warranty_kind ? [{ term: "Genre de garantie", value: warrantyKind(form.warranty_kind) }] : []),
            ...(view.purchase
              ? [{ term: "Achat sur fonds propres", value: <PurchasePath purchase={view.purchase} /> }]
              : []),
          ]}
        />
      </Card>
    </>
  );
}

/** The purchase it came by, and where it stands on its path. */
function PurchasePath({ purchase }: { purchase: PurchaseRow }) {
  return (
    <>
      <a href={linkTo(pathTo.purchase(purchase.id))}>{purchase.title}</a>
      <div className={styles.soft}>{purchase.state_label}</div>
    </>
  );
}

export function roomName(code: string | null, room: Room | undefined): string | null {
  if (code === null) return null;
  const where = [room?.name, room?.building, room?.floor].filter(Boolean).join(", ");
  return where ? `${code} — ${where}` : code;
}

function identity(form: EquipmentForm): Definition[] {
  return [
    { term: "Type", value: form.kind },
    { term: "Famille", value: FAMILIES[form.family] },
    ...known({ Marque: form.brand, Modèle: form.model }),
    ...known(
      {
        "Numéro de série": form.serial,
        "Numéro d’inventaire": form.inventory_number,
        "Nom sur le réseau": form.host_name,
        "Adresse IP": form.ip,
        "Adresse MAC": form.mac,
      },
      true,
    ),
  ];
}

function known(texts: Record<string, string>, mono = false): Definition[] {
  return Object.entries(texts)
    .filter(([, text]) => text !== "")
    .map(([term, text]) => ({ term, value: mono ? <code>{text}</code> : text }));
}

const KINDS: Record<string, string> = {
  "sur-site": "sur site",
  "retour-atelier": "retour en atelier",
  location: "location",
};

/** The usual kinds; another is shown as it was typed. */
function warrantyKind(kind: string): string {
  return KINDS[kind] ?? kind;
}
