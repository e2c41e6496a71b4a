//! One purchase on own funds: where it stands, what the convention says of it now, the next steps, the path so far.
//! Invariant: the warning and its source are the application's; the way out stands beside it as the next steps.
import { Pencil, Send, ShoppingCart, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Row, Rows } from "../../components/Card";
import { cx } from "../../components/cx";
import { Definitions } from "../../components/Definitions";
import { EmptyState } from "../../components/EmptyState";
import { Failed } from "../../components/Failed";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { useKeptFocus } from "../../components/useKeptFocus";
import { useAct, useCall } from "../../data";
import { fr, NBSP, number, plural, quote } from "../../text/fr";
import type { NextStep, PurchaseView } from "../../wire/types";
import { Documents } from "../documents/Documents";
import { State } from "../equipment/words";
import { linkTo, pathTo } from "../frame/places";
import { ProjectDialog } from "./ProjectDialog";
import { PurchasePath } from "./PurchasePath";
import styles from "./Purchases.module.css";
import { ReceiveDialog } from "./ReceiveDialog";
import { StepDialog } from "./StepDialog";
import { isEnded } from "./words";

/** `alone`: it took the place of the list, and the focus goes to it. */
export function PurchaseReading({ id, alone }: { id: string; alone: boolean }) {
  const purchase = useCall("purchase_show", { id });
  if (purchase.error?.code === "introuvable") {
    return (
      <EmptyState
        icon={ShoppingCart}
        title="Cet achat n’est plus là"
        action={<a href={linkTo("/achats")}>Voir tous les achats</a>}
      />
    );
  }
  if (purchase.error) {
    return (
      <Failed title="Cet achat n’a pas pu être lu" error={purchase.error} onRetry={() => void purchase.refetch()} />
    );
  }
  return purchase.data ? (
    <Reading purchase={purchase.data} alone={alone} />
  ) : (
    <Skeleton lines={8} label="Chargement de l’achat" />
  );
}

function Reading({ purchase, alone }: { purchase: PurchaseView; alone: boolean }) {
  const { row, form, equipment } = purchase;
  const [editing, setEditing] = useState(false);
  const [step, setStep] = useState<NextStep | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivesAlone = useRef(alone);
  useEffect(() => {
    if (arrivesAlone.current) heading.current?.focus();
  }, []);
  // A step's own button goes away once the step is taken.
  useKeptFocus(`${row.state} ${step?.state} ${editing}`);

  return (
    <article className={styles.reading}>
      <header className={styles.head}>
        <p className={styles.soft}>Achat sur fonds propres</p>
        <h2 ref={heading} tabIndex={-1} className={styles.name}>
          {row.title}
        </h2>
        <p className={cx(styles.tag, row.state === "refusee" && styles.tagBad)}>{row.state_label}</p>
        {row.next && !isEnded(row.state) && <p>{row.next}</p>}
      </header>
      {purchase.warning && (
        <Callout tone="care">
          <p>{purchase.warning}</p>
          {purchase.source && <blockquote className={styles.source}>{purchase.source}</blockquote>}
        </Callout>
      )}
      <Steps purchase={purchase} onStep={setStep} />
      <section className={styles.section} aria-labelledby="chemin-de-l-achat">
        <h3 id="chemin-de-l-achat">Chemin</h3>
        <PurchasePath purchase={purchase} />
      </section>
      <section className={styles.section} aria-labelledby="l-achat-en-bref">
        <h3 id="l-achat-en-bref" className={styles.sectionHead}>
          L’achat en bref
          <Button size="small" icon={Pencil} onPress={() => setEditing(true)}>
            Modifier
          </Button>
        </h3>
        <Definitions
          items={[
            { term: "Type", value: form.kind },
            { term: "Nombre", value: number(form.quantity) },
            {
              term: "Montant",
              value: form.amount_cents !== null && `${number(form.amount_cents / 100, 2)}${NBSP}€`,
            },
            { term: "Fournisseur", value: form.supplier },
            { term: "Pour qui", value: form.user_line },
            { term: "Pourquoi", value: form.reason && <span className={styles.reason}>{form.reason}</span> },
          ].filter(({ value }) => value)}
        />
      </section>
      {equipment.length > 0 && (
        <section className={styles.section} aria-labelledby="fiches-de-l-achat">
          <h3 id="fiches-de-l-achat">{fr`${plural(equipment.length, "équipement")} au registre`}</h3>
          <Rows>
            {equipment.map((machine) => (
              <Row
                key={machine.id}
                title={[machine.kind, machine.model].filter(Boolean).join(" ")}
                meta={
                  <>
                    <span className="mono">{machine.serial || machine.inventory_number}</span>
                    {machine.room && ` · ${machine.room}`}
                  </>
                }
                aside={<State state={machine.state} />}
                href={linkTo(pathTo.equipment(machine.id))}
              />
            ))}
          </Rows>
        </section>
      )}
      <section className={styles.section} aria-labelledby="documents-de-l-achat">
        <h3 id="documents-de-l-achat">Documents</h3>
        <Documents
          owner={{ kind: "achat", id: row.id }}
          documents={purchase.documents}
          kinds={["devis", "validation", "commande", "bon-de-livraison", "facture", "autre"]}
        />
      </section>
      <ProjectDialog project={form} isOpen={editing} onClose={() => setEditing(false)} />
      <StepDialog purchase={purchase} step={step?.state === "recue" ? null : step} onClose={() => setStep(null)} />
      <ReceiveDialog purchase={purchase} step={step?.state === "recue" ? step : null} onClose={() => setStep(null)} />
    </article>
  );
}

/** What can be done now: the first one is the one to do, those that leave as a dossier say so. */
function Steps({ purchase, onStep }: { purchase: PurchaseView; onStep: (step: NextStep) => void }) {
  const { next_steps, can_undo, row } = purchase;
  const unstep = useAct("purchase_unstep");
  if (next_steps.length === 0 && !can_undo) return null;
  const leaves = next_steps.filter((step) => step.leaves);
  return (
    <div>
      <div className={styles.actions}>
        {next_steps.map((step, index) => (
          <Button
            key={step.state}
            variant={index === 0 ? "primary" : step.state === "abandonnee" ? "quiet" : "secondary"}
            onPress={() => onStep(step)}
            {...(step.leaves ? { icon: Send } : {})}
          >
            {step.label}
          </Button>
        ))}
        {can_undo && (
          <Button
            variant="quiet"
            icon={Undo2}
            isPending={unstep.isPending}
            onPress={() =>
              unstep.mutate(
                { id: row.id },
                {
                  onSuccess: (view) =>
                    say({ text: fr`Étape retirée. L'achat est de nouveau : ${view.row.state_label}.` }),
                },
              )
            }
          >
            Retirer la dernière étape
          </Button>
        )}
      </div>
      {leaves.length > 0 && (
        <p
          className={styles.soft}
        >{fr`${leaves.map(({ label }) => quote(label)).join(", ")} : part comme dossier vers le Département.`}</p>
      )}
    </div>
  );
}
