//! The cards of Accueil that speak of the register: what is not given back, rounds begun, purchases that wait.
//! Invariant: a card without anything to say is not shown; each row leads to where the act is done.
import { ClipboardList, Handshake, ShoppingCart } from "lucide-react";
import { LinkButton } from "../../components/Button";
import { Card, Row, Rows } from "../../components/Card";
import { fr, plural } from "../../text/fr";
import type { LoanRow, PurchaseRow, StockCheckRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import { expected } from "../stockcheck/words";
import styles from "./Home.module.css";

/** Rows of a card before « voir tous ». */
const SHOWN = 4;

export function LoansCard({ rows }: { rows: readonly LoanRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Card title="À rendre" icon={Handshake} count={rows.length}>
      <Rows>
        {rows.slice(0, SHOWN).map(({ id, equipment, borrower, sentence }) => (
          <Row
            key={id}
            title={equipment}
            href={linkTo(pathTo.loan(id))}
            meta={
              <>
                {borrower} · <strong className={styles.overdue}>{sentence}</strong>
              </>
            }
          />
        ))}
      </Rows>
      {rows.length > SHOWN && (
        <a className={styles.all} href={linkTo("/prets")}>
          Voir tous les prêts
        </a>
      )}
    </Card>
  );
}

export function StockChecksCard({ rows }: { rows: readonly StockCheckRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Card title="Récolement commencé" icon={ClipboardList}>
      <Rows>
        {rows.slice(0, SHOWN).map(({ id, title, rooms, figures }) => (
          <Row
            key={id}
            title={title}
            meta={fr`${plural(rooms, "salle")} · ${plural(figures.present, "retrouvé")} sur ${expected(figures)}`}
            aside={
              <LinkButton size="small" href={linkTo(pathTo.stockCheck(id))} aria-label={`Reprendre ${title}`}>
                Reprendre
              </LinkButton>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}

export function PurchasesCard({ rows }: { rows: readonly PurchaseRow[] }) {
  if (rows.length === 0) return null;
  return (
    <Card title="Achats à faire avancer" icon={ShoppingCart} count={rows.length}>
      <Rows>
        {rows.slice(0, SHOWN).map(({ id, title, next }) => (
          <Row key={id} title={title} href={linkTo(pathTo.purchase(id))} meta={next} />
        ))}
      </Rows>
      {rows.length > SHOWN && (
        <a className={styles.all} href={linkTo("/achats")}>
          Voir tous les achats
        </a>
      )}
    </Card>
  );
}
