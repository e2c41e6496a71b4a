//! The matrix in a window too narrow for six columns: one service after the other, its six activities folded under it.
import { Card } from "../../components/Card";
import { Disclosure } from "../../components/Disclosure";
import { PartyBadge } from "../../components/PartyBadge";
import type { ConventionView, Family, Service } from "../../wire/types";
import { Completion } from "./Completion";
import { accepts, type Filters } from "./filters";
import { splitLabel } from "./label";
import styles from "./Matrix.module.css";
import { Quoted } from "./Quoted";
import { Terms } from "./Terms";
import { ACTIVITIES, SIDES } from "./words";

interface MatrixListProps {
  families: readonly Family[];
  filters: Filters;
  view: ConventionView;
  /** The service asked for by a link, unfolded. */
  asked: string | null;
}

export function MatrixList({ families, filters, view, asked }: MatrixListProps) {
  return (
    <div className={styles.services}>
      {families.map((family) => (
        <Card key={family.id} title={family.label}>
          {family.services.map((service) => (
            <Disclosure
              key={service.id}
              title={splitLabel(service.label, null).name}
              defaultExpanded={service.id === asked}
            >
              <Lines service={service} filters={filters} view={view} />
            </Disclosure>
          ))}
        </Card>
      ))}
    </div>
  );
}

function Lines({ service, filters, view }: { service: Service; filters: Filters; view: ConventionView }) {
  const { rest } = splitLabel(service.label, service.explanation);
  const shown = service.cells.filter((cell) => accepts(filters, cell));
  return (
    <>
      {rest && (
        <p className={styles.soft}>
          <Terms>{rest}</Terms>
        </p>
      )}
      <dl className={styles.lines}>
        {ACTIVITIES.filter(({ id }) => shown.some(({ activity }) => activity === id)).map(({ id, full }) => (
          <div key={id}>
            <dt>{full}</dt>
            {shown
              .filter(({ activity }) => activity === id)
              .map((cell) => (
                <dd key={cell.perimeter ?? "tous"}>
                  <span className={styles.who}>
                    <PartyBadge party={cell.party} />
                    {cell.perimeter && <span className={styles.soft}>{SIDES[cell.perimeter].name}</span>}
                  </span>
                  <Quoted source={cell.source} note={cell.note} />
                  <Completion service={service} cell={cell} view={view} />
                </dd>
              ))}
          </div>
        ))}
      </dl>
    </>
  );
}
