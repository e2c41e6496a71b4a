//! The other parts of the convention, each as a page to read: users, equipment, rules, charter, glossary.
//! Invariant: the words are those of the convention; only what does not answer the search is left out.
import { type ReactNode, useId } from "react";
import { Card } from "../../components/Card";
import type { EquipmentType, Rule, Section, Term, UserLine } from "../../wire/types";
import styles from "./Annexes.module.css";
import { Marked, Terms } from "./Terms";
import { SIDES } from "./words";

export function Users({ users }: { users: readonly UserLine[] }) {
  return (
    <Stacked intro="L’utilisateur d’un poste décide de son réseau, et donc de qui le dépanne.">
      <div className={styles.columns}>
        {(["administratif", "pedagogique"] as const).map((side) => {
          const lines = users.filter(({ perimeter }) => perimeter === side);
          return lines.length === 0 ? null : (
            <Card key={side} title={SIDES[side].name} count={lines.length}>
              <ul className={styles.list}>
                {lines.map(({ label }) => (
                  <li key={label}>
                    <Terms>{label}</Terms>
                  </li>
                ))}
              </ul>
            </Card>
          );
        })}
      </div>
    </Stacked>
  );
}

export function EquipmentTypes({ types }: { types: readonly EquipmentType[] }) {
  return (
    <Stacked intro="Les matériels que le Département prend en charge.">
      <Card title="Types de matériel" count={types.length}>
        <ul className={styles.list}>
          {types.map(({ label, own_funds_on_request }) => (
            <li key={label} className={styles.type}>
              <span>
                <Terms>{label}</Terms>
              </span>
              {own_funds_on_request && (
                <span className={styles.onRequest}>sur fonds propres, spécificités sur demande</span>
              )}
            </li>
          ))}
        </ul>
      </Card>
    </Stacked>
  );
}

export function Rules({ rules }: { rules: readonly Rule[] }) {
  return (
    <Stacked intro="Ce que dit le corps de la convention et qu’aucune case de la matrice ne contient.">
      <div className={styles.columns}>
        {rules.map(({ id, title, text, source }) => (
          <Card key={id} title={<Heading>{title}</Heading>}>
            <p>
              <Terms>{text}</Terms>
            </p>
            <p className={styles.source}>
              <Terms>{source}</Terms>
            </p>
          </Card>
        ))}
      </div>
    </Stacked>
  );
}

/** From this many sections, the charter opens on its contents. */
const LONG = 4;

export function Charter({ sections }: { sections: readonly Section[] }) {
  const base = useId();
  const idOf = (index: number) => `${base}-${index}`;
  const goTo = (index: number) => {
    const heading = document.getElementById(idOf(index));
    heading?.scrollIntoView({ block: "start" });
    heading?.focus({ preventScroll: true });
  };
  return (
    <Stacked intro="Ce à quoi s’engage chaque utilisateur externe de la plateforme d’assistance.">
      <div className={styles.charter}>
        {sections.length >= LONG && (
          <nav aria-label="Sommaire de la charte" className={styles.contents}>
            <ol>
              {sections.map(({ title }, index) => (
                <li key={title}>
                  <button type="button" onClick={() => goTo(index)}>
                    <Marked>{title}</Marked>
                  </button>
                </li>
              ))}
            </ol>
          </nav>
        )}
        <Card title="Charte de bon usage et de sécurité">
          {sections.map(({ title, items }, index) => (
            <section key={title} className={styles.section} aria-labelledby={idOf(index)}>
              <h3 id={idOf(index)} tabIndex={-1}>
                <Marked>{title}</Marked>
              </h3>
              <Sentences items={items} />
            </section>
          ))}
        </Card>
      </div>
    </Stacked>
  );
}

export function Glossary({ terms }: { terms: readonly Term[] }) {
  return (
    <Stacked intro="Les sigles que la convention emploie. Partout dans Relais, un sigle souligné de points s’explique au survol, ou quand la touche Tab l’atteint.">
      <Card title="Glossaire" count={terms.length}>
        <dl className={styles.terms}>
          {terms.map(({ acronym, meaning, remark }) => (
            <div key={acronym}>
              <dt>
                <Marked>{acronym}</Marked>
              </dt>
              <dd>
                <Marked>{meaning}</Marked>
                {remark && (
                  <span className={styles.source}>
                    <Marked>{remark}</Marked>
                  </span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </Stacked>
  );
}

/** In one piece: a heading lays its pieces apart. */
export function Heading({ children }: { children: string }) {
  return (
    <span>
      <Marked>{children}</Marked>
    </span>
  );
}

/** A page of the convention: one sentence that says what it is, and what it holds. */
export function Stacked({ intro, children }: { intro: ReactNode; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <p className={styles.intro}>{intro}</p>
      {children}
    </div>
  );
}

/** One sentence is a paragraph, several are a list. */
function Sentences({ items }: { items: readonly string[] }) {
  const [first] = items;
  if (first !== undefined && items.length === 1) {
    return (
      <p>
        <Terms>{first}</Terms>
      </p>
    );
  }
  return (
    <ul className={styles.bullets}>
      {items.map((item) => (
        <li key={item}>
          <Terms>{item}</Terms>
        </li>
      ))}
    </ul>
  );
}
