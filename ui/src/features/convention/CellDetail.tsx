//! What one cell of the matrix says: who, for whom, how it is known, the passage, and the way a request takes.
import { Scale } from "lucide-react";
import { Card } from "../../components/Card";
import { Failed } from "../../components/Failed";
import { PartyAnswer } from "../../components/PartyBadge";
import { PathSteps } from "../../components/Steps";
import { useCall } from "../../data";
import type { Cell, ConventionView, Service } from "../../wire/types";
import { Completion } from "./Completion";
import { otherSide } from "./filters";
import { splitLabel } from "./label";
import type { Place } from "./Matrix";
import styles from "./Matrix.module.css";
import { Quoted } from "./Quoted";
import { Terms } from "./Terms";
import { activityName, BASES, SIDES } from "./words";

interface CellDetailProps {
  service: Service;
  place: Place;
  view: ConventionView;
}

export function CellDetail({ service, place, view }: CellDetailProps) {
  const cells = service.cells.filter((cell) => cell.activity === place.activity);
  const { name, rest } = splitLabel(service.label, service.explanation);
  const [first] = cells;
  const other = otherSide(cells);
  return (
    <Card title={activityName(place.activity)} {...(first && cells.length === 1 ? { edge: first.party } : {})}>
      <div>
        <p>
          <strong>
            <Terms>{name}</Terms>
          </strong>
        </p>
        {rest && (
          <p className={styles.soft}>
            <Terms>{rest}</Terms>
          </p>
        )}
      </div>
      {cells.length === 0 && <p className={styles.soft}>La matrice n’a pas de case pour cette activité.</p>}
      {cells.map((cell) => (
        <OneCell key={cell.perimeter ?? "tous"} service={service} cell={cell} view={view} />
      ))}
      {other?.perimeter && (
        <div key={other.perimeter} className={styles.answer}>
          <h3 className={styles.for}>{SIDES[other.perimeter].name}</h3>
          <p className={styles.soft}>La matrice n’a pas de case pour eux.</p>
          <Completion service={service} cell={other} view={view} />
        </div>
      )}
    </Card>
  );
}

function OneCell({ service, cell, view }: { service: Service; cell: Cell; view: ConventionView }) {
  const { activity, perimeter, party, basis, source, note } = cell;
  const asked = useCall("route", {
    service: service.id,
    activity,
    perimeter,
    user: null,
    funding: null,
    bought_on: null,
    validated: false,
    cite_scolaire: null,
    out_of_warranty: false,
  });
  const route = asked.data;
  return (
    <div className={styles.answer}>
      {perimeter && <h3 className={styles.for}>{SIDES[perimeter].name}</h3>}
      <PartyAnswer party={party} />
      <p className={styles.soft}>{BASES[basis]}</p>
      <Quoted source={source} note={note} />
      <Completion service={service} cell={cell} view={view} />
      {asked.error && (
        <Failed title="Le chemin n’a pas pu être lu" error={asked.error} onRetry={() => void asked.refetch()} />
      )}
      {party !== "sans-objet" && route && route.path.length > 0 && (
        <div>
          <h3 className={styles.for}>Chemin d’une demande</h3>
          <PathSteps stations={route.path} />
        </div>
      )}
    </div>
  );
}

/** Before a cell is chosen: how the matrix is read. */
export function HowToRead() {
  return (
    <Card title="Lire la matrice" icon={Scale}>
      <p>
        Chaque case dit qui est responsable d’un service pour une activité. Choisissez-en une{"\u202f"}: le passage de
        la convention qui le dit s’affiche ici. Les flèches vont de case en case, Entrée va au détail.
      </p>
      <p className={styles.soft}>
        <strong>?</strong>
        {" à compléter\u202f: la copie dont dispose Relais ne le dit pas, seul l’exemplaire signé le dit."}
      </p>
      <p className={styles.soft}>
        <strong>A</strong> utilisateurs administratifs, <strong>P</strong> tous les autres.
      </p>
      <p className={styles.soft}>
        <strong>*</strong> la case porte une note sous la matrice.
      </p>
      <p className={styles.soft}>
        <span className={styles.completed}>Souligné deux fois</span>
        {"\u202f: lu par quelqu’un sur l’exemplaire signé."}
      </p>
    </Card>
  );
}
