//! A change on many machines while it is typed: its value as the person writes it, as the application takes it, and in
//! words for the sentence. Left out on purpose: what a field may hold, which the application says.
import { fr, quote, shortDay } from "../../text/fr";
import { readDay } from "../../text/typed";
import type { BulkField, RegisterChoices } from "../../wire/types";
import { FAMILIES, FUNDINGS, STATES } from "./words";

export interface Typed {
  field: BulkField;
  /** Null while nothing of a closed list is chosen. */
  text: string | null;
}

export const FIELD_NAMES: Record<BulkField, string> = {
  salle: "Salle",
  etat: "État",
  utilisateur: "Utilisé par",
  financement: "Payé par",
  type: "Type",
  famille: "Famille",
  achat: "Date d’achat",
  commande: "Bon de commande",
  facture: "Facture",
  garantie: "Fin de garantie",
  "genre-garantie": "Genre de garantie",
  validation: "Achat validé par le Département",
  notes: "Notes",
};

const CLOSED: readonly BulkField[] = ["salle", "etat", "utilisateur", "financement", "famille", "validation"];
const DAYS: readonly BulkField[] = ["achat", "garantie"];

/** Nothing of a closed list is chosen beforehand: a room must not be emptied because a list began with « Sans salle ». */
export function typedOf(field: BulkField): Typed {
  return { field, text: CLOSED.includes(field) ? null : "" };
}

export function readValue({ field, text }: Typed): { value: string } | { error: string } {
  if (text === null) return { error: "Choisissez une valeur." };
  if (!DAYS.includes(field)) return { value: text };
  const day = readDay(text);
  return day === undefined ? { error: "Écrivez une date comme 14/09/2027." } : { value: day ?? "" };
}

/** « salle B204 », « fin de garantie effacée ». */
export function valueWords({ field, text }: Typed, choices: RegisterChoices | undefined): string {
  const name = FIELD_NAMES[field].toLocaleLowerCase("fr-FR").replace("département", "Département");
  if (text === null) return fr`${name} à choisir`;
  if (field === "salle") {
    const room = choices?.rooms.find(({ id }) => id === text);
    return room ? `salle ${room.code}` : "sans salle";
  }
  if (text.trim() === "") return fr`${name} : rien`;
  const words: Partial<Record<BulkField, string | undefined>> = {
    etat: nameIn(STATES, text)?.name,
    financement: nameIn(FUNDINGS, text),
    famille: nameIn(FAMILIES, text),
  };
  const day = DAYS.includes(field) ? readDay(text) : null;
  return fr`${name} : ${words[field] ?? (day ? shortDay(day) : field === "validation" ? text : quote(text.trim()))}`;
}

function nameIn<Words>(words: Record<string, Words>, id: string): Words | undefined {
  return words[id];
}
