//! What leaves, to read before it does: the title, the text as it will be read, what must come first, whom to call and
//! what remains to be done by oneself.
//! The focus arrives on the heading; a second, deliberate Enter queues it.
import { type ReactNode, useId, useRef } from "react";
import { Definitions } from "../../components/Definitions";
import { Disclosure } from "../../components/Disclosure";
import type { Category, Contact, Summary } from "../../wire/types";
import { Terms } from "../convention/Terms";
import { linkTo } from "../frame/places";
import { Callers } from "../tickets/Callers";
import { NATURES } from "../tickets/words";
import { useArrival } from "./arrive";
import { useEnter } from "./keys";
import { Notices } from "./Notices";
import styles from "./Report.module.css";

/** The vendor helps directly: a call follows. */
export function isCall({ route, settled }: Summary): boolean {
  return route.channel === "editeur" && !settled;
}

/** What the main button does, in its words. */
export function submitWords(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "Garder une trace";
  if (isCall(summary)) return "Enregistrer et noter l’appel";
  return leaves ? "Mettre en file d’envoi" : "Enregistrer le dossier";
}

function headingOf(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "C’est réglé\u202f: gardez-en la trace";
  return leaves ? "À relire avant l’envoi" : "À relire avant d’enregistrer";
}

function sentenceOf(summary: Summary, leaves: boolean): string {
  if (summary.settled) return "Rien ne sera envoyé. Relais s’en souviendra si le problème revient.";
  if (leaves) return "Voici mot pour mot ce que la plateforme recevra.";
  if (isCall(summary)) return "Le logiciel est dépanné par son éditeur\u202f: appelez-le, puis notez ce qu’il a dit.";
  return "Cette demande ne passe pas par la plateforme\u202f: Relais la garde et vous aide à la suivre.";
}

interface SummaryFormProps {
  summary: Summary;
  /** It goes through the platform. */
  leaves: boolean;
  callers: readonly Contact[];
  /** Before the text: dossiers that may already say the same. */
  similar: ReactNode;
  /** After the text: what is joined to it. */
  files: ReactNode;
  onSubmit: () => void;
  actions: ReactNode;
}

export function SummaryForm({ summary, leaves, callers, similar, files, onSubmit, actions }: SummaryFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useArrival(form, heading);
  useEnter(onSubmit);
  const { settled, route, checklist, categories } = summary;
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
      {similar}
      {!settled && <Notices before={route.before} warnings={[...summary.consequences, ...route.warnings]} />}
      {isCall(summary) && <ToCall callers={callers} />}
      <article className={styles.letter} aria-label="Texte du dossier">
        <h3 className={styles.letterTitle}>{summary.title}</h3>
        <p className={styles.quiet}>
          {NATURES[summary.nature]} · {summary.service_label}
        </p>
        <p className={styles.letterText}>{summary.description}</p>
      </article>
      {files}
      {!settled && checklist.length > 0 && <Checklist points={checklist} />}
      {leaves && !settled && categories.length > 0 && <Categories categories={categories} />}
      {actions}
    </form>
  );
}

function ToCall({ callers }: { callers: readonly Contact[] }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h3 id={id}>Qui appeler</h3>
      {callers.length > 0 ? (
        <Callers callers={callers} label="Qui appeler" contract />
      ) : (
        <p>
          Aucun contact n’est noté pour ce logiciel. Le numéro est souvent sur le contrat ou dans le logiciel, menu «
          {"\u202f"}À propos{"\u202f"}»{"\u202f"}: <a href={linkTo("/contacts")}>ajoutez-le aux contacts</a> pour la
          prochaine fois.
        </p>
      )}
    </section>
  );
}

function Checklist({ points }: { points: readonly string[] }) {
  const id = useId();
  return (
    <section className={styles.part} aria-labelledby={id}>
      <h3 id={id}>Ce que vous ferez, étape par étape</h3>
      <ol className={styles.steps}>
        {points.map((point) => (
          <li key={point}>
            <Terms>{point}</Terms>
          </li>
        ))}
      </ol>
      <p className={styles.quiet}>Le dossier gardera cette liste, à cocher au fur et à mesure.</p>
    </section>
  );
}

function Categories({ categories }: { categories: readonly Category[] }) {
  const open = categories.some(({ to_confirm }) => to_confirm !== null);
  return (
    <Disclosure title="Classement sur la plateforme">
      <div className={styles.part}>
        <Definitions
          items={categories.map(({ label, value, to_confirm }) => ({
            term: label,
            value: (
              <>
                {value}
                {to_confirm && <span className={styles.toConfirm}> {to_confirm}</span>}
              </>
            ),
          }))}
        />
        {open && (
          <p className={styles.quiet}>
            {"Ce qui reste à fixer n’est pas envoyé\u202f: l’assistance classe elle-même le dossier."}
          </p>
        )}
      </div>
    </Disclosure>
  );
}
