//! The kinds of request, each with its word and its drawing.
import { CircleHelp, KeyRound, type LucideIcon, PackagePlus, ShieldAlert, ShoppingCart, Wrench } from "lucide-react";
import type { Nature } from "../../wire/types";

export const NATURES: Record<Nature, { word: string; icon: LucideIcon }> = {
  panne: { word: "Panne", icon: Wrench },
  installation: { word: "Installation", icon: PackagePlus },
  achat: { word: "Achat", icon: ShoppingCart },
  compte: { word: "Compte et accès", icon: KeyRound },
  conseil: { word: "Conseil", icon: CircleHelp },
  securite: { word: "Sécurité", icon: ShieldAlert },
};
