//! The cards of Accueil that speak of dossiers: those that wait for the user, those begun, those that others hold.
//! Invariant: a card without anything to say is not shown, except the one that says that others hold nothing.
import { Hand, Hourglass, PencilLine } from "lucide-react";
import type { ReactNode } from "react";
import { LinkButton } from "../../components/Button";
import { Card, Row, Rows } from "../../components/Card";
import { PartyBadge } from "../../components/PartyBadge";
import { RelativeTime } from "../../components/RelativeTime";
import { agree, NBSP, number } from "../../text/fr";
import type { DraftRow, Home, TicketRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Home.module.css";

/** Number of the platform, or our reference until there is one. */
function Name({ row, children }: { row: TicketRow; children: ReactNode }) {
  const name = row.number ?? row.reference;
  return (
    <>
      {name && <span className="mono">{name}</span>}
      {name && children && " · "}
      {children}
    </>
  );
}

function Age({ row }: { row: TicketRow }) {
  return (
    <span className={row.late ? styles.late : styles.age}>
      <span className="visually-hidden">{row.late ? "en retard, ouvert depuis " : "ouvert depuis "}</span>
      {number(row.age_days)}
      {NBSP}
      <span aria-hidden>j</span>
      <span className="visually-hidden">{agree(row.age_days, "jour")}</span>
    </span>
  );
}

export function WaitingCard({ rows }: { rows: readonly TicketRow[] }) {
  return (
    <Card title="On attend votre réponse" icon={Hand} edge="waiting">
      <Rows>
        {rows.map((row) => (
          <Row
            key={row.id}
            title={row.title}
            meta={
              <>
                <Name row={row}>
                  {row.platform_status && <strong className={styles.status}>{row.platform_status}</strong>}
                </Name>
                <span className={styles.line}>{row.hint}</span>
              </>
            }
            aside={
              <LinkButton href={linkTo(pathTo.ticket(row.id))} aria-label={`Ouvrir le dossier ${row.title}`}>
                Ouvrir
              </LinkButton>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}

export function DraftsCard({ rows }: { rows: readonly DraftRow[] }) {
  return (
    <Card title="À finir" icon={PencilLine} count={rows.length}>
      <Rows>
        {rows.map((row) => (
          <Row
            key={row.id}
            title={row.title}
            meta={
              <>
                Commencé, enregistré <RelativeTime when={row.updated_at_ms} />
              </>
            }
            aside={
              <LinkButton size="small" href={linkTo(pathTo.draft(row.id))} aria-label={`Reprendre ${row.title}`}>
                Reprendre
              </LinkButton>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}

export function OthersCard({ home }: { home: Home }) {
  const { with_others: rows, with_others_total: total } = home;
  return (
    <Card title="En cours chez les autres" icon={Hourglass} count={total}>
      {rows.length === 0 && <p className={styles.quiet}>Personne ne travaille sur une de vos demandes en ce moment.</p>}
      {rows.length > 0 && (
        <Rows>
          {rows.map((row) => (
            <Row
              key={row.id}
              title={row.title}
              meta={
                <span className={styles.line}>
                  <Name row={row}>{row.hint}</Name>
                </span>
              }
              href={linkTo(pathTo.ticket(row.id))}
              aside={
                <>
                  <PartyBadge party={row.party} />
                  <Age row={row} />
                </>
              }
            />
          ))}
        </Rows>
      )}
      {total > rows.length && (
        <a className={styles.all} href={linkTo("/dossiers")}>
          Voir tous les dossiers ouverts
        </a>
      )}
    </Card>
  );
}
