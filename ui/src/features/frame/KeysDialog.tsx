//! The keys, shown by « ? », by the place where they act.
import { Dialog } from "../../components/Dialog";
import { Kbd } from "../../components/Kbd";
import styles from "./KeysDialog.module.css";

interface Key {
  keys: readonly string[];
  does: string;
}

const PLACES: readonly { place: string; keys: readonly Key[] }[] = [
  {
    place: "Partout",
    keys: [
      { keys: ["N"], does: "Signaler un problème ou faire une demande" },
      { keys: ["Ctrl", "K"], does: "Chercher partout" },
      { keys: ["Échap"], does: "Fermer, effacer la recherche" },
      { keys: ["?"], does: "Montrer ces touches" },
    ],
  },
  {
    place: "Dans une demande",
    keys: [
      { keys: ["Entrée"], does: "Prendre la première proposition, puis continuer" },
      { keys: ["↓"], does: "Aller de la ligne tapée aux propositions" },
      { keys: ["1", "…", "9"], does: "Choisir une proposition ou une réponse" },
      { keys: ["1"], does: "Essai\u202f: réglé" },
      { keys: ["2"], does: "Essai\u202f: pas réglé" },
      { keys: ["3"], does: "Essai\u202f: pas pu essayer" },
      { keys: ["Ctrl", "Entrée"], does: "Continuer depuis un texte de plusieurs lignes, enregistrer une note" },
    ],
  },
  {
    place: "Dans une liste",
    keys: [
      { keys: ["/"], does: "Filtrer la liste affichée" },
      { keys: ["↑", "↓"], does: "Parcourir la liste" },
      { keys: ["Pg préc.", "Pg suiv."], does: "Avancer d’un écran dans un tableau" },
      { keys: ["Début", "Fin"], does: "Aller à la première ou à la dernière ligne" },
      { keys: ["Entrée"], does: "Ouvrir la ligne choisie" },
      { keys: ["Espace"], does: "Cocher la ligne, là où plusieurs peuvent l’être" },
      { keys: ["Maj", "Espace"], does: "Cocher jusqu’à cette ligne" },
      { keys: ["Ctrl", "A"], does: "Cocher toute la liste" },
    ],
  },
  {
    place: "Dans la matrice",
    keys: [
      { keys: ["←", "↑", "↓", "→"], does: "Aller de case en case" },
      { keys: ["Entrée"], does: "Lire la case choisie" },
    ],
  },
  {
    place: "Pendant un récolement",
    keys: [
      { keys: ["Entrée"], does: "Noter le numéro tapé" },
      { keys: ["↓"], does: "Passer du numéro à la liste" },
      { keys: ["Pg préc.", "Pg suiv."], does: "Changer de salle" },
    ],
  },
];

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Les touches du clavier" isOpen={isOpen} onClose={onClose} wide>
      <div className={styles.places}>
        {PLACES.map(({ place, keys }) => (
          <section key={place} className={styles.place}>
            <h3>{place}</h3>
            <dl>
              {keys.map(({ keys: pressed, does }) => (
                <div key={does} className={styles.line}>
                  <dt className={styles.keys}>
                    {pressed.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
