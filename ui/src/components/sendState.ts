//! How a state of an envoi looks, everywhere the same: an icon and, where it matters, a tone.
import { CircleCheck, CircleHelp, CircleMinus, CircleX, Clock, type LucideIcon, Send } from "lucide-react";
import type { SendState } from "../wire/types";

export const SEND_LOOKS: Record<SendState, { icon: LucideIcon; tone?: "good" | "care" | "bad" }> = {
  pret: { icon: Clock },
  envoi: { icon: Send },
  accepte: { icon: CircleCheck, tone: "good" },
  refuse: { icon: CircleX, tone: "bad" },
  incertain: { icon: CircleHelp, tone: "care" },
  retire: { icon: CircleMinus },
};
