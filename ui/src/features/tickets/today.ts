//! Where a dossier would go today, in a sentence, beside where it went.
//! Left out on purpose: the reason, which the application gives with the route.
import type { Channel, Party, Route } from "../../wire/types";

const TO: Record<Party, string> = {
  departement: "irait au Département",
  academie: "irait à l’Académie",
  etablissement: "se traiterait dans le collège",
  "collectivite-ou-etablissement": "irait au Département ou au collège, selon qui achète",
  editeur: "irait à l’éditeur du logiciel",
  region: "irait à la Région",
  "sans-objet": "n’aurait plus d’objet",
  "selon-utilisateur": "irait à l’Académie ou au Département, selon qui s’en sert",
  inconnu: "irait à la plateforme d’assistance, qui trouverait le responsable",
};

const BY: Record<Channel, string> = {
  plateforme: "passerait par la plateforme d’assistance",
  interne: "se traiterait dans le collège",
  editeur: "passerait par un appel à l’éditeur",
  "validation-prealable": "demanderait d’abord une validation",
  securite: "passerait par la sécurité informatique",
};

export function whereToday(then: Route, now: Route): string {
  if (now.party !== then.party) return `Aujourd’hui, ce dossier ${TO[now.party]}.`;
  if (now.channel !== then.channel) return `Aujourd’hui, même responsable, mais ce dossier ${BY[now.channel]}.`;
  return "Aujourd’hui, ce dossier irait au même responsable, pour une autre raison.";
}
