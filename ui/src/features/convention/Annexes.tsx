//! The other parts of the convention, each as a page to read: users, equipment, rules, missions, charter, glossary.
//! Invariant: the words are those of the convention; only what does not answer the search is left out.
import type { ReactNode } from "react";
import { Card } from "../../components/Card";
import type { EquipmentType, Mission, Rule, Section, Term, UserLine } from "../../wire/types";
import styles from "./Annexes.module.css";
import { SIDES } from "./words";

export function Users({ users }: { users: readonly UserLine[] }) {
  return (
    <Stacked intro="Annexe 2 bis. L’utilisateur d’un poste décide de son réseau, et donc de qui le dépanne.">
      <div className={styles.columns}>
        {(["administratif", "pedagogique"] as const).map((side) => {
          const lines = users.filter(({ perimeter }) => perimeter === side);
          return lines.length === 0 ? null : (
            <Card key={side} title={SIDES[side].name} count={lines.length}>
              <ul className={styles.list}>
                {lines.map(({ label }) => (
                  <li key={label}>{label}</li>
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
    <Stacked intro="Annexe 3. Les matériels que le Département prend en charge.">
      <Card title="Types de matériel" count={types.length}>
        <ul className={styles.list}>
          {types.map(({ label, own_funds_on_request }) => (
            <li key={label} className={styles.type}>
              <span>{label}</span>
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
          <Card key={id} title={title}>
            <p>{text}</p>
            <p className={styles.source}>{source}</p>
          </Card>
        ))}
      </div>
    </Stacked>
  );
}

export function Missions({ missions }: { missions: readonly Mission[] }) {
  return (
    <Stacked intro="Annexes 4 et 5. Qui fait quoi dans le collège.">
      <div className={styles.columns}>
        {missions.map(({ id, title, annexe, sections }) => (
          <Card key={id} title={title} note={annexe}>
            <Sections sections={sections} />
          </Card>
        ))}
      </div>
    </Stacked>
  );
}

export function Charter({ sections }: { sections: readonly Section[] }) {
  return (
    <Stacked intro="Annexe 6. Ce à quoi s’engage chaque utilisateur externe de la plateforme d’assistance.">
      <Card title="Charte de bon usage et de sécurité">
        <Sections sections={sections} />
      </Card>
    </Stacked>
  );
}

export function Glossary({ terms }: { terms: readonly Term[] }) {
  return (
    <Stacked intro="Les sigles de l’annexe 2.">
      <Card title="Glossaire" count={terms.length}>
        <dl className={styles.terms}>
          {terms.map(({ acronym, meaning, remark }) => (
            <div key={acronym}>
              <dt>{acronym}</dt>
              <dd>
                {meaning}
                {remark && <span className={styles.source}>{remark}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </Card>
    </Stacked>
  );
}

function Stacked({ intro, children }: { intro: string; children: ReactNode }) {
  return (
    <div className={styles.part}>
      <p className={styles.intro}>{intro}</p>
      {children}
    </div>
  );
}

function Sections({ sections }: { sections: readonly Section[] }) {
  return sections.map(({ title, items }) => (
    <section key={title} className={styles.section}>
      <h3>{title}</h3>
      {items.length === 1 ? (
        <p>{items[0]}</p>
      ) : (
        <ul className={styles.bullets}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      )}
    </section>
  ));
}
