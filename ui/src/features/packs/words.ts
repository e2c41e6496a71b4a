//! Versions of the convention in French: what a signature proves, and the kinds of differences.
import { fr } from "../../text/fr";
import type { ChangeKind, PackInspection, Signature } from "../../wire/types";

export interface Verdict {
  tone: "info" | "care";
  title: string;
  text: string;
}

/** What the signature of a file proves about its author, in words that say the risk. */
export function verdictOf({ signature, key_id }: Pick<PackInspection, "signature" | "key_id">): Verdict {
  const key = key_id === null ? "" : ` (clé ${key_id})`;
  const verdicts: Record<Signature, Verdict> = {
    reconnue: {
      tone: "info",
      title: "Signature reconnue",
      text: fr`Ce fichier est signé par une clé à laquelle vous faites confiance${key}, et rien n'y a changé depuis.`,
    },
    inconnue: {
      tone: "care",
      title: "Signé par une clé que Relais ne connaît pas",
      text: fr`Rien n'a changé dans ce fichier depuis sa signature, mais rien ne dit qui l'a signé${key}. Vérifiez la clé auprès de la personne qui vous l'a remis, autrement que par le message qui l'apportait.`,
    },
    absente: {
      tone: "care",
      title: "Ce fichier n’est pas signé",
      text: fr`N'importe qui peut l'avoir écrit ou modifié. Une convention falsifiée enverrait vos demandes au mauvais endroit.`,
    },
  };
  return verdicts[signature];
}

export const CHANGES: Record<ChangeKind, string> = { ajoute: "Ajout", retire: "Retrait", change: "Changement" };
