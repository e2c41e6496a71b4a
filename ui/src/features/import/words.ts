//! Words of the two imports, and the figures in one line.
import { agree, fr, NBSP, number } from "../../text/fr";
import type { ImportFigures, ImportKind } from "../../wire/types";
import { pathTo } from "../frame/places";

interface ImportWords {
  title: string;
  one: string;
  many: string;
  /** What is compared with the file. */
  known: string;
  drop: string;
  /** What can be read, in a sentence. */
  reads: string;
  accept: readonly string[];
  /** Where one goes afterwards. */
  place: string;
  see: string;
  pathTo: (id: string) => string;
}

const TABLES = [".csv", ".txt", ".tsv", ".xlsx", ".ods", ".zip"];

export const IMPORTS: Record<ImportKind, ImportWords> = {
  equipements: {
    title: "Importer des équipements",
    one: "équipement",
    many: "équipements",
    known: "au registre",
    drop: "Déposez ici la liste de vos équipements",
    reads: fr`Un tableau (CSV, Excel, LibreOffice, export de GLPI), un inventaire de GLPI Agent ou d'OCS, ou une archive ZIP de tels inventaires.`,
    accept: [...TABLES, ".json", ".xml", ".ocs"],
    place: "/equipements",
    see: "Voir les équipements",
    pathTo: pathTo.equipment,
  },
  contacts: {
    title: "Importer des contacts",
    one: "contact",
    many: "contacts",
    known: "dans vos contacts",
    drop: "Déposez ici la liste de vos contacts",
    reads: fr`Des cartes de visite (vCard), ou un tableau (CSV, Excel, LibreOffice).`,
    accept: [...TABLES, ".vcf", ".vcard"],
    place: "/contacts",
    see: "Voir les contacts",
    pathTo: pathTo.contact,
  },
};

export interface Counted {
  id: "crees" | "modifies" | "inchanges" | "refuses";
  count: number;
  word: string;
}

/** The four figures whose sum is what was read. */
export function counted({ created, updated, unchanged, refused }: ImportFigures): readonly Counted[] {
  return [
    { id: "crees", count: created, word: agree(created, "créé") },
    { id: "modifies", count: updated, word: agree(updated, "modifié") },
    { id: "inchanges", count: unchanged, word: agree(unchanged, "inchangé") },
    { id: "refuses", count: refused.length, word: agree(refused.length, "refusé") },
  ];
}

/** « 388 lus = 300 créés + 60 modifiés + 20 inchangés + 8 refusés ». */
export function equation(figures: ImportFigures): string {
  const parts = counted(figures).map(({ count, word }) => `${number(count)}${NBSP}${word}`);
  return `${number(figures.read)}${NBSP}${agree(figures.read, "lu")} = ${parts.join(" + ")}`;
}
