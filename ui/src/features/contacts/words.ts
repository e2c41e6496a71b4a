//! Words and colours of the people one calls.
//! Invariant: every role of the wire has its word; the colour is the one of the party the person works for.
import type { Contact, ContactRole, Party } from "../../wire/types";

interface RoleWords {
  name: string;
  party: Party | null;
}

export const ROLES: Record<ContactRole, RoleWords> = {
  departement: { name: "Département", party: "departement" },
  dsi: { name: "DSI du Département", party: "departement" },
  academie: { name: "Académie", party: "academie" },
  prestataire: { name: "Prestataire", party: null },
  fournisseur: { name: "Fournisseur", party: null },
  editeur: { name: "Éditeur", party: "editeur" },
  "gestionnaire-reseau": { name: "Gestionnaire réseau", party: "etablissement" },
  direction: { name: "Direction", party: "etablissement" },
  gestion: { name: "Gestion", party: "etablissement" },
  "equipe-pedagogique": { name: "Équipe pédagogique", party: "etablissement" },
  "vie-scolaire": { name: "Vie scolaire", party: "etablissement" },
};

export function isRole(text: string): text is ContactRole {
  return text in ROLES;
}

/** A person by name; a desk by its organisation. */
export function nameOf({ first_name, last_name, organisation }: Contact): string {
  return [first_name, last_name].filter(Boolean).join(" ") || organisation || "Sans nom";
}

/** What the telephone dials: figures and a leading plus. */
export function dialled(phone: string): string {
  return `tel:${phone.replace(/[^\d+]/g, "")}`;
}

/** Today as the application writes a day, in the time of the wall. */
export function isoDay(now: number): string {
  const date = new Date(now);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
