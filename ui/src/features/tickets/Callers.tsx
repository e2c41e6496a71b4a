//! Whom to call: the name, the telephone, when someone answers, and the contract number that is asked for.
//! Invariant: every figure can be copied; a contact without a telephone says so and leads to its card.
import { Clock, FileDigit, Phone } from "lucide-react";
import { CopyButton } from "../../components/CopyButton";
import { Outside } from "../../components/Outside";
import { fr } from "../../text/fr";
import type { Contact } from "../../wire/types";
import { dialled, nameOf, ROLES } from "../contacts/words";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Callers.module.css";

interface CallersProps {
  callers: readonly Contact[];
  label: string;
  /** The contract number too, when a vendor is called. */
  contract?: boolean;
}

export function Callers({ callers, label, contract = false }: CallersProps) {
  return (
    <ul className={styles.callers} aria-label={label}>
      {callers.map((caller) => (
        <li key={caller.id} className={styles.caller}>
          <p>
            <a href={linkTo(pathTo.contact(caller.id))} className={styles.name}>
              {nameOf(caller)}
            </a>
            <span className={styles.soft}>
              {" "}
              {[caller.title || ROLES[caller.role].name, aside(caller)].filter(Boolean).join(", ")}
            </span>
          </p>
          <ul className={styles.ways}>
            <li>
              <Phone size={16} aria-hidden />
              {caller.phone ? (
                <>
                  <Outside
                    url={dialled(caller.phone)}
                    label={fr`Appeler le ${caller.phone}`}
                    className={styles.figures}
                  >
                    {caller.phone}
                  </Outside>
                  <CopyButton text={caller.phone} what={fr`le numéro de téléphone ${caller.phone}`} />
                </>
              ) : (
                <span className={styles.soft}>Téléphone à compléter dans les contacts</span>
              )}
            </li>
            {caller.hours && (
              <li>
                <Clock size={16} aria-hidden />
                <span>{caller.hours}</span>
              </li>
            )}
            {contract && (
              <li>
                <FileDigit size={16} aria-hidden />
                {caller.contract ? (
                  <>
                    <span>
                      Contrat <span className="mono">{caller.contract}</span>
                    </span>
                    <CopyButton text={caller.contract} what={fr`le numéro de contrat ${caller.contract}`} />
                  </>
                ) : (
                  <span className={styles.soft}>Numéro de contrat à compléter dans les contacts</span>
                )}
              </li>
            )}
          </ul>
        </li>
      ))}
    </ul>
  );
}

/** Where one works, unless that is already the name. */
function aside(caller: Contact): string {
  return caller.organisation === nameOf(caller) ? "" : caller.organisation;
}
