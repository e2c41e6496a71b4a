//! The keys, shown by « ? ».
import { Dialog } from "../../components/Dialog";
import { Kbd } from "../../components/Kbd";
import styles from "./KeysDialog.module.css";

const KEYS: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["N"], does: "Signaler un problème ou faire une demande" },
  { keys: ["Ctrl", "K"], does: "Chercher partout" },
  { keys: ["/"], does: "Filtrer la liste affichée" },
  { keys: ["↑", "↓"], does: "Parcourir une liste" },
  { keys: ["Entrée"], does: "Ouvrir la ligne choisie" },
  { keys: ["Espace"], does: "Cocher la ligne, là où plusieurs peuvent l’être" },
  { keys: ["Ctrl", "A"], does: "Cocher toute la liste" },
  { keys: ["1", "…", "9"], does: "Choisir une réponse" },
  { keys: ["Ctrl", "Entrée"], does: "Continuer depuis un texte de plusieurs lignes" },
  { keys: ["Échap"], does: "Fermer, effacer la recherche" },
  { keys: ["?"], does: "Montrer ces touches" },
];

export function KeysDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Les touches du clavier" isOpen={isOpen} onClose={onClose}>
      <dl>
        {KEYS.map(({ keys, does }) => (
          <div key={does} className={styles.line}>
            <dt className={styles.keys}>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
