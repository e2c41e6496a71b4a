//! A version of the convention being examined before it is installed. Held by the page: going from tab to tab loses
//! nothing. Left out on purpose: anything written, which waits for « Installer ».
import type { PackInspection, Trust } from "../../wire/types";

export interface PackSession {
  inspection: PackInspection | null;
  /** What the person decided, when the signature does not decide by itself. */
  trust: Trust | null;
  keyLabel: string;
}

export const NO_PACK: PackSession = { inspection: null, trust: null, keyLabel: "" };
