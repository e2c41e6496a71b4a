//! The drawing of each kind of request; its word is that of the dossiers.
import { CircleHelp, KeyRound, type LucideIcon, PackagePlus, ShieldAlert, ShoppingCart, Wrench } from "lucide-react";
import type { Nature } from "../../wire/types";

export const NATURE_ICONS: Record<Nature, LucideIcon> = {
  panne: Wrench,
  installation: PackagePlus,
  achat: ShoppingCart,
  compte: KeyRound,
  conseil: CircleHelp,
  securite: ShieldAlert,
};
