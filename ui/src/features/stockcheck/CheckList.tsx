//! The récolements begun and done, those that wait for an end first.
import { ClipboardCheck, ClipboardList, ClipboardX, ListChecks } from "lucide-react";
import { Button, LinkButton } from "../../components/Button";
import { Card, Row, Rows } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { RelativeTime } from "../../components/RelativeTime";
import { Bar } from "../../components/Steps";
import { fr, plural } from "../../text/fr";
import type { CheckState, StockCheckRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Check.module.css";
import { CHECK_STATES, expected, figuresSentence } from "./words";

const ICONS: Record<CheckState, typeof ClipboardList> = {
  "en-cours": ClipboardList,
  applique: ClipboardCheck,
  abandonne: ClipboardX,
};

export function CheckList({ rows, onStart }: { rows: readonly StockCheckRow[]; onStart: () => void }) {
  const running = rows.filter(({ state }) => state === "en-cours");
  const ended = rows.filter(({ state }) => state !== "en-cours");
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={ListChecks}
        title="Aucun récolement pour l’instant"
        action={<Button onPress={onStart}>Commencer un récolement</Button>}
      >
        Passez de salle en salle avec un portable et, si vous en avez un, un lecteur de codes{"\u202f"}: Relais dit ce
        qui est là, ce qui a changé de salle et ce qui manque. On peut s’arrêter et reprendre un autre jour.
      </EmptyState>
    );
  }
  return (
    <>
      {running.length > 0 && (
        <Card title="En cours" icon={ClipboardList} count={running.length} edge="waiting">
          <Rows>
            {running.map((row) => (
              <Row
                key={row.id}
                title={row.title}
                meta={
                  <>
                    <span>
                      {fr`${plural(row.rooms, "salle")} · ${figuresSentence(row)} · commencé `}
                      <RelativeTime when={row.created_at_ms} />
                    </span>
                    <div className={styles.progress}>
                      <Bar value={row.figures.present} of={expected(row.figures)} label={`Retrouvés, ${row.title}`} />
                    </div>
                  </>
                }
                aside={
                  <LinkButton
                    variant="primary"
                    href={linkTo(pathTo.stockCheck(row.id))}
                    aria-label={`Reprendre ${row.title}`}
                  >
                    Reprendre
                  </LinkButton>
                }
              />
            ))}
          </Rows>
        </Card>
      )}
      {ended.length > 0 && (
        <Card title="Terminés" icon={ClipboardCheck} count={ended.length}>
          <Rows>
            {ended.map((row) => (
              <Row
                key={row.id}
                icon={ICONS[row.state]}
                title={row.title}
                href={linkTo(pathTo.stockCheck(row.id))}
                meta={fr`${CHECK_STATES[row.state]} · ${plural(row.rooms, "salle")} · ${figuresSentence(row)}`}
                aside={
                  <span className={styles.soft}>
                    <RelativeTime when={row.applied_at_ms ?? row.created_at_ms} />
                  </span>
                }
              />
            ))}
          </Rows>
        </Card>
      )}
    </>
  );
}
