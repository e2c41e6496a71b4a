//! The matrix in a window too narrow for six columns: one service after the other, its six activities folded under it.
import { Card } from "../../components/Card";
import { Disclosure } from "../../components/Disclosure";
import { PartyBadge } from "../../components/PartyBadge";
import type { Family, Party, Service } from "../../wire/types";
import { splitLabel } from "./label";
import styles from "./Matrix.module.css";
import { Quoted } from "./Quoted";
import { ACTIVITIES, SIDES } from "./words";

interface MatrixListProps {
  families: readonly Family[];
  only: Party | null;
  /** The service asked for by a link, unfolded. */
  asked: string | null;
}

export function MatrixList({ families, only, asked }: MatrixListProps) {
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
              <Lines service={service} only={only} />
            </Disclosure>
          ))}
        </Card>
      ))}
    </div>
  );
}

function Lines({ service, only }: { service: Service; only: Party | null }) {
  const { rest } = splitLabel(service.label, service.explanation);
  const shown = service.cells.filter(({ party }) => only === null || party === only);
  return (
    <>
      {rest && <p className={styles.soft}>{rest}</p>}
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
                </dd>
              ))}
          </div>
        ))}
      </dl>
    </>
  );
}
