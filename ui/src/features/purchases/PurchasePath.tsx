//! The path of a purchase: the steps taken with their day, note, paper and dossier, then the stations ahead.
//! Invariant: what is ahead is drawn apart from what was done, in words too.
import { FileText, Send } from "lucide-react";
import { useNow } from "../../components/RelativeTime";
import { DatedSteps } from "../../components/Steps";
import { capital, longDay } from "../../text/fr";
import type { PurchaseView } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Purchases.module.css";
import { ahead, STATIONS } from "./words";

export function PurchasePath({ purchase }: { purchase: PurchaseView }) {
  const { steps } = purchase;
  const now = useNow();
  return (
    <DatedSteps
      label="Chemin de l’achat"
      steps={[
        ...steps.map(({ state, label, on_date, note, ticket_id, document }, index) => ({
          id: `${index} ${state}`,
          title: label,
          when: capital(longDay(on_date, now)),
          place: index === steps.length - 1 ? ("here" as const) : ("done" as const),
          refused: state === "refusee" || state === "abandonnee",
          body: (note || ticket_id || document) && (
            <>
              {note && <p className={styles.note}>{note}</p>}
              {ticket_id && (
                <p className={styles.joined}>
                  <Send size={16} aria-hidden />
                  <a href={linkTo(pathTo.ticket(ticket_id))}>Parti comme dossier</a>
                </p>
              )}
              {document && (
                <p className={styles.joined}>
                  <FileText size={16} aria-hidden />
                  {document.label} · {document.name}
                </p>
              )}
            </>
          ),
        })),
        ...ahead(steps.map(({ state }) => state)).map((state) => ({
          id: state,
          title: STATIONS[state],
          place: "ahead" as const,
        })),
      ]}
    />
  );
}
