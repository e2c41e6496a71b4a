//! One loan: what, to whom, until when, in what state at both ends, its paper to sign, and its return.
import { FileDown, Handshake, Pencil, Undo2 } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Button } from "../../components/Button";
import { cx } from "../../components/cx";
import { Definitions } from "../../components/Definitions";
import { EmptyState } from "../../components/EmptyState";
import { Failed } from "../../components/Failed";
import { useNow } from "../../components/RelativeTime";
import { saySaved } from "../../components/Saved";
import { Skeleton } from "../../components/Skeleton";
import { useKeptFocus } from "../../components/useKeptFocus";
import { useAct, useCall } from "../../data";
import { capital, longDay } from "../../text/fr";
import type { LoanView } from "../../wire/types";
import { Documents } from "../documents/Documents";
import { linkTo, pathTo } from "../frame/places";
import { LendDialog } from "./LendDialog";
import styles from "./Loans.module.css";
import { ReturnDialog } from "./ReturnDialog";

/** `alone`: it took the place of the list, and the focus goes to it. */
export function LoanReading({ id, alone }: { id: string; alone: boolean }) {
  const loan = useCall("loan_show", { id });
  if (loan.error?.code === "introuvable") {
    return (
      <EmptyState
        icon={Handshake}
        title="Ce prêt n’est plus là"
        action={<a href={linkTo("/prets")}>Voir tous les prêts</a>}
      />
    );
  }
  if (loan.error) {
    return <Failed title="Ce prêt n’a pas pu être lu" error={loan.error} onRetry={() => void loan.refetch()} />;
  }
  return loan.data ? <Reading loan={loan.data} alone={alone} /> : <Skeleton lines={8} label="Chargement du prêt" />;
}

function Reading({ loan, alone }: { loan: LoanView; alone: boolean }) {
  const { row } = loan;
  const now = useNow();
  const [dialog, setDialog] = useState<"return" | "change" | null>(null);
  const paper = useAct("loan_form");
  const heading = useRef<HTMLHeadingElement>(null);
  const arrivesAlone = useRef(alone);
  const running = row.returned_on === null;
  useEffect(() => {
    if (arrivesAlone.current) heading.current?.focus();
  }, []);
  // « Noter le retour » goes away once it is noted.
  useKeptFocus(`${running} ${dialog}`);
  const late = row.overdue_days > 0;
  const day = (on: string) => capital(longDay(on, now));

  return (
    <article className={styles.reading}>
      <header className={styles.head}>
        <div className={styles.over}>
          <p className={styles.soft}>{running ? "Prêt en cours" : "Prêt terminé"}</p>
          {running && (
            <Button size="small" icon={Pencil} onPress={() => setDialog("change")}>
              Prolonger ou modifier
            </Button>
          )}
        </div>
        <h2 ref={heading} tabIndex={-1} className={styles.name}>
          {row.equipment}
        </h2>
        <p className={cx(styles.tag, late && styles.tagLate)}>{row.sentence}</p>
        <div className={styles.actions}>
          {running && (
            <Button variant="primary" icon={Undo2} onPress={() => setDialog("return")}>
              Noter le retour
            </Button>
          )}
          <Button
            icon={FileDown}
            isPending={paper.isPending}
            onPress={() => paper.mutate({ id: row.id }, { onSuccess: saySaved })}
          >
            Formulaire à signer (PDF)
          </Button>
        </div>
      </header>
      <Definitions
        items={[
          {
            term: "Prêté à",
            value: row.contact_id ? <a href={linkTo(pathTo.contact(row.contact_id))}>{row.borrower}</a> : row.borrower,
          },
          {
            term: "Équipement",
            value: (
              <a href={linkTo(pathTo.equipment(row.equipment_id))}>
                {row.equipment} <span className="mono">{row.mark}</span>
              </a>
            ),
          },
          { term: "Remis le", value: day(row.from_on) },
          { term: "À rendre le", value: row.due_on ? day(row.due_on) : "Sans date" },
          { term: "Rendu le", value: row.returned_on && day(row.returned_on) },
          { term: "État à la remise", value: loan.state_out },
          { term: "Accessoires", value: loan.accessories },
          { term: "État au retour", value: loan.state_in },
          { term: "Notes", value: loan.notes && <span className={styles.notes}>{loan.notes}</span> },
        ].filter(({ value }) => value)}
      />
      <section className={styles.section} aria-labelledby="documents-du-pret">
        <h3 id="documents-du-pret">Formulaire signé et photos</h3>
        {loan.documents.length === 0 && (
          <p className={styles.soft}>
            Imprimez le formulaire, faites-le signer, puis joignez-le ici, scanné ou photographié.
          </p>
        )}
        <Documents
          owner={{ kind: "pret", id: row.id }}
          documents={loan.documents}
          kinds={["formulaire-signe", "photo", "autre"]}
        />
      </section>
      <ReturnDialog loan={row} isOpen={dialog === "return"} onClose={() => setDialog(null)} />
      <LendDialog loan={loan} isOpen={dialog === "change"} onClose={() => setDialog(null)} />
    </article>
  );
}
