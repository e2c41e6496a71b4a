//! A record while it is being typed: days and price stay as typed until they are saved.
//! Invariant: what was typed is not lost by going elsewhere: an unfinished record is kept until it is saved or given up.
//! Left out on purpose: every rule about what a record may hold, which the application says field by field.
import { shortDay } from "../../text/fr";
import { readDay, readPrice, typedPrice } from "../../text/typed";
import type { EquipmentForm } from "../../wire/types";

export type Draft = Omit<EquipmentForm, "bought_on" | "warranty_on" | "price_cents"> & {
  bought_on: string;
  warranty_on: string;
  price_cents: string;
};

/** What to write under a field, by its name in the record. */
export type FieldErrors = Readonly<Record<string, string>>;

export const NEW: EquipmentForm = {
  id: null,
  kind: "",
  family: "poste",
  brand: "",
  model: "",
  serial: "",
  inventory_number: "",
  host_name: "",
  ip: "",
  mac: "",
  room_id: null,
  user_line: "",
  funding: "departement",
  bought_on: null,
  price_cents: null,
  order_ref: "",
  invoice_ref: "",
  validated: false,
  warranty_on: null,
  warranty_kind: "",
  state: "en-service",
  notes: "",
};

export function draftOf(form: EquipmentForm): Draft {
  return {
    ...form,
    bought_on: form.bought_on ? shortDay(form.bought_on) : "",
    warranty_on: form.warranty_on ? shortDay(form.warranty_on) : "",
    price_cents: typedPrice(form.price_cents),
  };
}

const A_DAY = "Écrivez une date comme 14/09/2027.";
const A_PRICE = "Écrivez un prix comme 612,50.";

/** The record to save, or what cannot be read in it. */
export function formOf(draft: Draft): { form: EquipmentForm } | { errors: FieldErrors } {
  const bought_on = readDay(draft.bought_on);
  const warranty_on = readDay(draft.warranty_on);
  const price_cents = readPrice(draft.price_cents);
  if (bought_on !== undefined && warranty_on !== undefined && price_cents !== undefined) {
    return { form: { ...draft, bought_on, warranty_on, price_cents } };
  }
  return {
    errors: {
      ...(bought_on === undefined ? { bought_on: A_DAY } : {}),
      ...(warranty_on === undefined ? { warranty_on: A_DAY } : {}),
      ...(price_cents === undefined ? { price_cents: A_PRICE } : {}),
    },
  };
}

/** Unfinished records by id; the empty id is the new one. */
const unfinished = new Map<string, Draft>();

export const unfinishedOf = (id: string | null) => unfinished.get(id ?? "");
export const keepUnfinished = (draft: Draft) => unfinished.set(draft.id ?? "", draft);
export const giveUp = (id: string | null) => unfinished.delete(id ?? "");
