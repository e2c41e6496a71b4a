//! One table from code to how an error is shown. Nobody matches the text of a message.
//! Invariant: a code without a line here does not compile. The sentence comes with the error, because the command line
//! says the same one; the table decides whether it is shown at all and how loudly. Being offline or asked for a login is
//! the weather, shown by the network chip.
import type { Code, WireError } from "../wire/types";

/** `none`: said elsewhere. `notice`: something to mend. `failure`: something broke. */
export type Severity = "none" | "notice" | "failure";

export const SEVERITY: Record<Code, Severity> = {
  "hors-ligne": "none",
  "connexion-demandee": "none",
  "pas-pret": "none",
  "demande-incorrecte": "notice",
  introuvable: "notice",
  conflit: "notice",
  "mauvaise-cle": "notice",
  occupe: "notice",
  "trousseau-absent": "failure",
  "donnees-abimees": "failure",
  "version-plus-recente": "failure",
  "disque-plein": "failure",
  "lecture-seule": "failure",
  interne: "failure",
};

/** What happened and what to do, as the application says it. */
export function explain(error: WireError): string {
  return error.message;
}

/** The error of one field of a form, if it speaks of that field. */
export function fieldError(error: WireError | null, field: string): string | undefined {
  return error?.field === field ? error.message : undefined;
}
