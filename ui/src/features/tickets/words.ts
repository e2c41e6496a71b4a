//! French words for the closed lists of a dossier.
//! Invariant: every value of the wire has its word, or this does not compile.
import { ArrowLeftRight, CircleCheck, FilePlus2, type LucideIcon, NotebookPen, Phone, Send } from "lucide-react";
import type {
  Channel,
  EventKind,
  Impact,
  Nature,
  Perimeter,
  TicketFilter,
  TicketRow,
  TicketState,
  Urgency,
} from "../../wire/types";

export const FILTERS: Record<TicketFilter, { name: string; among: string }> = {
  ouverts: { name: "Ouverts", among: "parmi les dossiers ouverts" },
  "attend-de-moi": { name: "Attendent ma réponse", among: "parmi ceux qui attendent votre réponse" },
  "en-retard": { name: "En retard", among: "parmi les dossiers en retard" },
  fermes: { name: "Fermés", among: "parmi les dossiers fermés" },
  tous: { name: "Tous", among: "parmi tous les dossiers" },
};

export const NATURES: Record<Nature, string> = {
  panne: "Panne",
  installation: "Installation",
  achat: "Achat",
  compte: "Compte et accès",
  conseil: "Conseil",
  securite: "Sécurité",
};

export const IMPACTS: Record<Impact, string> = {
  personne: "Une personne",
  salle: "Une salle ou un service",
  college: "Tout le collège",
};

export const URGENCIES: Record<Urgency, string> = {
  bloquant: "Bloquant",
  genant: "Gênant",
  "peut-attendre": "Peut attendre",
};

export const PERIMETERS: Record<Perimeter, string> = {
  administratif: "Administratif",
  pedagogique: "Pédagogique",
};

export const CHANNELS: Record<Channel, string> = {
  plateforme: "Plateforme d’assistance",
  interne: "Au collège",
  editeur: "Appel à l’éditeur",
  "validation-prealable": "Validation préalable",
  securite: "Sécurité informatique",
};

export const EVENT_ICONS: Record<EventKind, LucideIcon> = {
  creation: FilePlus2,
  note: NotebookPen,
  statut: ArrowLeftRight,
  resolution: CircleCheck,
  envoi: Send,
  appel: Phone,
};

const STATES: Record<TicketState, string> = {
  ouvert: "Ouvert",
  resolu: "Résolu, à confirmer",
  ferme: "Fermé",
  annule: "Annulé",
};

/** Where the dossier stands: the platform's word while it is open, ours otherwise. */
export function stateOf({ state, platform_status }: Pick<TicketRow, "state" | "platform_status">): string {
  return state === "ouvert" ? (platform_status ?? STATES.ouvert) : STATES[state];
}

export function isOver({ state }: Pick<TicketRow, "state">): boolean {
  return state === "ferme" || state === "annule";
}
