//! How a verdict looks everywhere: a word, an icon and a tone, never the colour alone.
import {
  ArrowRightLeft,
  CircleCheck,
  CircleDashed,
  CircleHelp,
  CircleX,
  LogOut,
  type LucideIcon,
  MapPin,
} from "lucide-react";
import { fr, plural } from "../../text/fr";
import type { CheckFigures, CheckLine, CheckState, StockCheckRow, Verdict } from "../../wire/types";

interface VerdictLook {
  word: string;
  icon: LucideIcon;
  tone: "good" | "care" | "bad" | "quiet";
}

export const VERDICTS: Record<Verdict, VerdictLook> = {
  present: { word: "Présent", icon: CircleCheck, tone: "good" },
  deplace: { word: "Déplacé ici", icon: ArrowRightLeft, tone: "care" },
  manquant: { word: "Manquant", icon: CircleX, tone: "bad" },
  inconnu: { word: "Inconnu", icon: CircleHelp, tone: "bad" },
  "vu-ailleurs": { word: "Vu ailleurs", icon: MapPin, tone: "care" },
  sorti: { word: "Sorti", icon: LogOut, tone: "quiet" },
  attendu: { word: "Attendu", icon: CircleDashed, tone: "quiet" },
};

export const CHECK_STATES: Record<CheckState, string> = {
  "en-cours": "En cours",
  applique: "Appliqué",
  abandonne: "Abandonné",
};

/** The parts of a room's list, in the order they are worked through. */
export const PARTS: readonly { verdict: Verdict; title: string }[] = [
  { verdict: "attendu", title: "Attendus ici" },
  { verdict: "manquant", title: "Manquants" },
  { verdict: "inconnu", title: "Inconnus du registre" },
  { verdict: "deplace", title: "Venus d’une autre salle" },
  { verdict: "vu-ailleurs", title: "Attendus ici, vus ailleurs" },
  { verdict: "sorti", title: "Prêtés ou en réparation" },
  { verdict: "present", title: "Présents" },
];

export function linesOf(lines: readonly CheckLine[], verdict: Verdict): readonly CheckLine[] {
  return lines.filter((line) => line.verdict === verdict);
}

/** Machines of a room, or of a whole round, that are there or should be. */
export function expected({ awaited, present, missing }: CheckFigures): number {
  return awaited + present + missing;
}

/** « 26 présents sur 30, 2 venus d’ailleurs, 1 inconnu ». */
export function figuresSentence({ figures }: Pick<StockCheckRow, "figures">): string {
  const parts = [fr`${plural(figures.present, "présent")} sur ${expected(figures)}`];
  if (figures.moved > 0) parts.push(plural(figures.moved, "déplacé"));
  if (figures.unknown > 0) parts.push(plural(figures.unknown, "inconnu"));
  if (figures.missing > 0) parts.push(plural(figures.missing, "manquant"));
  return parts.join(", ");
}
