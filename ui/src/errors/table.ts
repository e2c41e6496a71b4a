//! One table from code to what the user is told. Nobody matches the text of a message.
//! Invariant: a code without a line here does not compile. Being offline or asked for a login is the weather, shown by
//! the network chip: severity « none », no message.
import type { Code, WireError } from "../wire/types";

export type Severity = "none" | "notice" | "failure";

/** What the user can do about it, beside reading. */
export type Remedy = "nothing" | "retry" | "reload" | "settings" | "mend";

export interface Wording {
  severity: Severity;
  /** What happened. Absent: the sentence that came with the error says it better (it knows the field, the file). */
  title: string | null;
  remedy: Remedy;
}

export const ERRORS: Record<Code, Wording> = {
  "hors-ligne": { severity: "none", title: null, remedy: "nothing" },
  "connexion-demandee": { severity: "none", title: null, remedy: "nothing" },
  "pas-pret": { severity: "none", title: null, remedy: "reload" },
  "demande-incorrecte": { severity: "notice", title: null, remedy: "mend" },
  introuvable: { severity: "notice", title: "Cet élément n’existe plus.", remedy: "reload" },
  conflit: { severity: "notice", title: null, remedy: "mend" },
  "mauvaise-cle": { severity: "notice", title: null, remedy: "mend" },
  "trousseau-absent": { severity: "failure", title: "Cet ordinateur ne garde pas de clés.", remedy: "settings" },
  "donnees-abimees": { severity: "failure", title: "Le fichier de données est abîmé.", remedy: "settings" },
  "version-plus-recente": {
    severity: "failure",
    title: "Ces données viennent d’une version plus récente de Relais.",
    remedy: "nothing",
  },
  "disque-plein": {
    severity: "failure",
    title: "Le disque est plein\u202f: rien n’a été enregistré.",
    remedy: "retry",
  },
  "lecture-seule": {
    severity: "failure",
    title: "Le dossier de données ne peut pas être modifié.",
    remedy: "settings",
  },
  occupe: { severity: "notice", title: "Relais termine autre chose.", remedy: "retry" },
  interne: { severity: "failure", title: "Relais n’a pas pu faire cela.", remedy: "retry" },
};

/** The sentences for a message: what happened, then what the error itself adds. */
export function explain(error: WireError): string {
  const { title } = ERRORS[error.code];
  if (title === null) return error.message;
  return error.message && error.message !== title ? `${title} ${error.message}` : title;
}

/** The error of one field of a form, if it speaks of that field. */
export function fieldError(error: WireError | null, field: string): string | undefined {
  return error?.field === field ? error.message : undefined;
}
