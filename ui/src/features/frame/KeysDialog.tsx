//! The keys, shown by « ? ».
import { Dialog } from "../../components/Dialog";
import { Kbd } from "../../components/Kbd";
import styles from "./KeysDialog.module.css";
import { KEYS } from "./shortcuts";

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
