//! The places of the navigation and their addresses. Addresses are hash routes: « #/dossiers/42 ».
import { Contact, FolderOpen, House, type LucideIcon, Monitor, Scale, Send, Settings } from "lucide-react";
import type { Counts } from "../../wire/types";

export interface Place {
  path: string;
  name: string;
  icon: LucideIcon;
  count?: (counts: Counts) => number;
  /** What the count counts, for those who hear it: « 12 ouverts ». */
  counted?: string;
  /** Other addresses that belong to this place. */
  also?: readonly string[];
}

export const PLACES: readonly Place[] = [
  { path: "/", name: "Accueil", icon: House },
  { path: "/dossiers", name: "Dossiers", icon: FolderOpen, count: ({ open }) => open, counted: "ouverts" },
  {
    path: "/equipements",
    name: "Équipements",
    icon: Monitor,
    count: ({ equipment }) => equipment,
    counted: "en tout",
    also: ["/prets", "/recolements", "/achats", "/import"],
  },
  { path: "/contacts", name: "Contacts", icon: Contact },
  { path: "/convention", name: "Convention", icon: Scale },
  { path: "/envois", name: "Envois", icon: Send, count: ({ to_send }) => to_send, counted: "à envoyer" },
  { path: "/reglages", name: "Réglages", icon: Settings },
];

/** Whether an address belongs to a place; Accueil is only itself. */
export function isIn({ path, also = [] }: Place, location: string): boolean {
  return path === "/" ? location === "/" : [path, ...also].some((start) => location.startsWith(start));
}

/** Where a hit of the search, or any object of the application, is shown. */
export const pathTo = {
  ticket: (id: string) => `/dossiers/${encodeURIComponent(id)}`,
  equipment: (id: string) => `/equipements/${encodeURIComponent(id)}`,
  loan: (id: string) => `/prets/${encodeURIComponent(id)}`,
  stockCheck: (id: string) => `/recolements/${encodeURIComponent(id)}`,
  purchase: (id: string) => `/achats/${encodeURIComponent(id)}`,
  contact: (id: string) => `/contacts/${encodeURIComponent(id)}`,
  service: (id: string) => `/convention/${encodeURIComponent(id)}`,
  draft: (id: string) => `/signaler/${encodeURIComponent(id)}`,
};

/** The same address for a link: « #/dossiers/42 ». */
export function linkTo(path: string): string {
  return `#${path}`;
}
