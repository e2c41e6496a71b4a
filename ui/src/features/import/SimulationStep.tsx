//! Third step: what the file would change. Nothing is written before « Importer » is pressed.
//! Invariant: what is shown is computed from what is known now; any change elsewhere makes it computed again.
//! What is applied is what was shown, or nothing.
import { ArrowLeft, Check, DoorOpen, ListChecks } from "lucide-react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Skeleton } from "../../components/Skeleton";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr, plural, quote } from "../../text/fr";
import type { ImportDone, ImportRequest, ImportSimulation } from "../../wire/types";
import { Changes } from "./Changes";
import { Figures } from "./Figures";
import styles from "./Import.module.css";
import { Refusals } from "./Refusals";
import { IMPORTS } from "./words";

interface SimulationStepProps {
  request: ImportRequest;
  name: string;
  onBack: () => void;
  onDone: (done: ImportDone) => void;
}

export function SimulationStep({ request, name, onBack, onDone }: SimulationStepProps) {
  const apply = useAct("import_apply", { quiet: true });
  // While it is applied, what it changes would make it simulated again, for nothing.
  const simulation = useCall("import_simulate", request, { when: !apply.isPending && !apply.isSuccess });
  const back = (
    <Button icon={ArrowLeft} onPress={onBack}>
      Revenir à la lecture
    </Button>
  );
  if (simulation.error) {
    return (
      <Callout tone="bad" title="La simulation n’a pas abouti" announce actions={back}>
        {explain(simulation.error)}
      </Callout>
    );
  }
  if (!simulation.data || simulation.isPlaceholderData) {
    return (
      <Card title="Simulation en cours…" icon={ListChecks}>
        <p className={styles.soft}>{fr`Relais compare ${quote(name)} avec ce qui est déjà enregistré.`}</p>
        <Skeleton lines={6} label="Simulation en cours" />
      </Card>
    );
  }
  const { figures, changes, changes_total, new_rooms, plan } = simulation.data;
  return (
    <div className={styles.step}>
      <Card title={fr`Ce que ferait l'import de ${quote(name)}`} icon={ListChecks}>
        <Figures figures={figures} />
        <NewRooms rooms={new_rooms} />
        {changes_total === 0 && (
          <p>{fr`Rien ne serait changé : tout ce qui a pu être lu est déjà enregistré ainsi.`}</p>
        )}
        {apply.error && (
          <Callout tone="bad" title="Rien n’a été importé" announce>
            {explain(apply.error)}
          </Callout>
        )}
        <div className={styles.actions}>
          {back}
          {changes_total > 0 && (
            <div className={styles.next}>
              <Button
                variant="primary"
                icon={Check}
                isPending={apply.isPending}
                onPress={() => apply.mutate({ ...request, expected: plan }, { onSuccess: onDone })}
              >
                {apply.isPending ? "Import en cours…" : verb(simulation.data, request)}
              </Button>
            </div>
          )}
        </div>
      </Card>
      {figures.refused.length > 0 && <Refusals request={request} refused={figures.refused} />}
      {changes.length > 0 && <Changes changes={changes} total={changes_total} figures={figures} />}
    </div>
  );
}

/** « Importer 388 équipements ». */
function verb({ changes_total }: ImportSimulation, { kind }: ImportRequest): string {
  const { one, many } = IMPORTS[kind];
  return fr`Importer ${plural(changes_total, one, many)}`;
}

function NewRooms({ rooms }: { rooms: readonly string[] }) {
  if (rooms.length === 0) return null;
  return (
    <p className={styles.rooms}>
      <DoorOpen size={18} aria-hidden />
      <span>
        {fr`${plural(rooms.length, "salle nouvelle sera ajoutée", "salles nouvelles seront ajoutées")} : `}
        <strong>{rooms.join(", ")}</strong>
      </span>
    </p>
  );
}
