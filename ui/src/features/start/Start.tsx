//! What stands around a screen shown before there is a collège to work in: the name, what Relais does, and the screen.
import { CheckCheck, HardDrive, type LucideIcon, Scale } from "lucide-react";
import type { ReactNode } from "react";
import styles from "./Start.module.css";

const PROMISES: readonly { icon: LucideIcon; words: string }[] = [
  { icon: Scale, words: "Dit qui s’occupe de quoi, en citant la convention." },
  { icon: CheckCheck, words: "Envoie chaque demande une seule fois, maintenant ou au retour du réseau." },
  { icon: HardDrive, words: "Garde tout sur cet ordinateur, chiffré. Aucune donnée d’élève." },
];

export function Start({ children, aside }: { children: ReactNode; aside?: ReactNode }) {
  return (
    <div className={styles.start}>
      <section className={styles.welcome} aria-label="Présentation">
        <Mast />
        <p className={styles.name}>Relais</p>
        <p className={styles.line}>Le carnet de maintenance de votre collège.</p>
        <ul className={styles.promises}>
          {PROMISES.map(({ icon: Icon, words }) => (
            <li key={words}>
              <Icon size={20} aria-hidden />
              {words}
            </li>
          ))}
        </ul>
        {aside && <div className={styles.aside}>{aside}</div>}
      </section>
      <div className={styles.screen}>{children}</div>
    </div>
  );
}

/** The mast of the application's icon, between what arrives and what leaves. */
function Mast() {
  return (
    <svg className={styles.mast} viewBox="72 62 368 388" aria-hidden="true" focusable="false">
      <path d="M256 198V330M188 428L256 330L324 428" strokeWidth="46" />
      <path d="M154 85A152 152 0 0 0 154 311M358 85A152 152 0 0 1 358 311" strokeWidth="40" />
      <circle cx="256" cy="198" r="56" />
    </svg>
  );
}
