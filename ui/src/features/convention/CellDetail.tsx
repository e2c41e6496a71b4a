//! What one cell of the matrix says: who, for whom, how it is known, the passage, and the way a request takes.
//! Left out on purpose: completing a cell from the signed copy, which the application cannot keep yet.
import { Scale } from "lucide-react";
import { Card } from "../../components/Card";
import { PartyAnswer } from "../../components/PartyBadge";
import { PathSteps } from "../../components/Steps";
import { useCall } from "../../data";
import type { Cell, Service } from "../../wire/types";
import { splitLabel } from "./label";
import type { Place } from "./Matrix";
import styles from "./Matrix.module.css";
import { Quoted } from "./Quoted";
import { ACTIVITIES, BASES, SIDES } from "./words";

export function CellDetail({ service, place }: { service: Service; place: Place }) {
  const activity = ACTIVITIES.find(({ id }) => id === place.activity);
  const cells = service.cells.filter((cell) => cell.activity === place.activity);
  const { name, rest } = splitLabel(service.label, service.explanation);
  const [first] = cells;
  return (
    <Card title={activity?.full ?? ""} {...(first && cells.length === 1 ? { edge: first.party } : {})}>
      <div>
        <p>
          <strong>{name}</strong>
        </p>
        {rest && <p className={styles.soft}>{rest}</p>}
      </div>
      {cells.map((cell) => (
        <OneCell key={cell.perimeter ?? "tous"} service={service.id} cell={cell} />
      ))}
    </Card>
  );
}

function OneCell({ service, cell }: { service: string; cell: Cell }) {
  const { activity, perimeter, party, basis, source, note } = cell;
  const { data: route } = useCall("route", {
    service,
    activity,
    perimeter,
    user: null,
    funding: null,
    bought_on: null,
    validated: false,
    cite_scolaire: null,
    out_of_warranty: false,
  });
  return (
    <div className={styles.answer}>
      {perimeter && <h3 className={styles.for}>{SIDES[perimeter].name}</h3>}
      <PartyAnswer party={party} />
      <p className={styles.soft}>{BASES[basis]}</p>
      <Quoted source={source} note={note} />
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
        la convention qui le dit s’affiche ici.
      </p>
      <p className={styles.soft}>
        <strong>?</strong>
        {" à compléter\u202f: la copie numérisée a perdu la couleur de la case, seul l’exemplaire signé la donne."}
      </p>
      <p className={styles.soft}>
        <strong>A</strong> utilisateurs administratifs, <strong>P</strong> tous les autres (annexe 2 bis).
      </p>
      <p className={styles.soft}>
        <strong>*</strong> la case porte une note de l’annexe.
      </p>
    </Card>
  );
}
