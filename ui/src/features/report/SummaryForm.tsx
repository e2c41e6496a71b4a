//! What leaves, to read before it does: the title, the text as it will be read, what must come first.
//! The focus arrives on the heading; a second, deliberate Enter queues it.
import { type ReactNode, useRef } from "react";
import type { Summary } from "../../wire/types";
import { NATURES } from "../tickets/words";
import { useArrival } from "./arrive";
import { useEnter } from "./keys";
import { Notices } from "./Notices";
import styles from "./Report.module.css";

/** What the main button does, in its words. */
export function submitWords(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "Garder une trace";
  return leaves ? "Mettre en file d’envoi" : "Enregistrer le dossier";
}

function headingOf(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "C’est réglé\u202f: gardez-en la trace";
  return leaves ? "À relire avant l’envoi" : "À relire avant d’enregistrer";
}

function sentenceOf(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "Rien ne sera envoyé. Relais s’en souviendra si le problème revient.";
  if (leaves) return "Voici mot pour mot ce que la plateforme recevra.";
  return "Cette demande ne passe pas par la plateforme\u202f: Relais la garde et vous aide à la suivre.";
}

interface SummaryFormProps {
  summary: Summary;
  /** It goes through the platform. */
  leaves: boolean;
  onSubmit: () => void;
  actions: ReactNode;
}

export function SummaryForm({ summary, leaves, onSubmit, actions }: SummaryFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(form, heading);
  useEnter(onSubmit);
  return (
    <form
      ref={form}
      className={styles.question}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          {headingOf(summary, leaves)}
        </h2>
        <p className={styles.help}>{sentenceOf(summary, leaves)}</p>
      </div>
      {!summary.settled && (
        <Notices before={summary.route.before} warnings={[...summary.consequences, ...summary.route.warnings]} />
      )}
      <article className={styles.letter} aria-label="Texte du dossier">
        <h3 className={styles.letterTitle}>{summary.title}</h3>
        <p className={styles.quiet}>
          {NATURES[summary.nature]} · {summary.service_label}
        </p>
        <p className={styles.letterText}>{summary.description}</p>
      </article>
      {actions}
    </form>
  );
}
