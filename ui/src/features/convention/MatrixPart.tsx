//! The tab « Matrice »: the filters by party, the grid, and the detail of the chosen cell.
import { SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { EmptyState } from "../../components/EmptyState";
import { type Party, partyName } from "../../components/PartyBadge";
import { useNarrow } from "../../components/useNarrow";
import type { Family, Service } from "../../wire/types";
import { CellDetail, HowToRead } from "./CellDetail";
import { Matrix, type Place } from "./Matrix";
import styles from "./Matrix.module.css";
import { MatrixList } from "./MatrixList";

interface MatrixPartProps {
  families: readonly Family[];
  matches: (service: Service) => boolean;
  /** The service asked for by a link. */
  asked: string | null;
  /** What to offer when the search finds nothing here. */
  nothing: ReactNode;
}

/** The order of the chips; « sans objet » answers no question. */
const PARTIES: readonly Party[] = [
  "departement",
  "academie",
  "etablissement",
  "collectivite-ou-etablissement",
  "editeur",
  "region",
  "inconnu",
];

const CHIPS: Partial<Record<Party, string>> = {
  etablissement: "Ce que le collège fait lui-même",
  inconnu: "À compléter",
};

export function MatrixPart({ families, matches, asked, nothing }: MatrixPartProps) {
  const [only, setOnly] = useState<Party | null>(null);
  const [place, setPlace] = useState<Place | null>(asked === null ? null : { service: asked, activity: "mco" });
  const isNarrow = useNarrow(720);
  const isBelow = useNarrow(1100);

  const cells = families.flatMap(({ services }) => services).flatMap((service) => service.cells);
  const counts = PARTIES.map((party) => ({ party, count: cells.filter((cell) => cell.party === party).length }));
  const shown = families
    .map((family) => ({
      ...family,
      services: family.services.filter(
        (service) => matches(service) && (only === null || service.cells.some(({ party }) => party === only)),
      ),
    }))
    .filter(({ services }) => services.length > 0);
  const chosen = place && shown.flatMap(({ services }) => services).find(({ id }) => id === place.service);

  return (
    <div className={styles.part}>
      <fieldset className={styles.filters}>
        <legend className="visually-hidden">Montrer seulement</legend>
        {counts
          .filter(({ count }) => count > 0)
          .map(({ party, count }) => (
            <Chip
              key={party}
              count={count}
              isSelected={only === party}
              onChange={(selected) => setOnly(selected ? party : null)}
            >
              {CHIPS[party] ?? partyName(party)}
            </Chip>
          ))}
      </fieldset>
      {shown.length === 0 ? (
        only === null ? (
          nothing
        ) : (
          <EmptyState
            icon={SearchX}
            title="Aucune ligne ne répond"
            action={<Button onPress={() => setOnly(null)}>Montrer tous les responsables</Button>}
          >
            Aucun service ne répond à la recherche chez ce responsable.
          </EmptyState>
        )
      ) : isNarrow ? (
        <MatrixList key={asked} families={shown} only={only} asked={asked} />
      ) : (
        <>
          <Matrix families={shown} only={only} place={place} onPlace={setPlace} />
          {(chosen || !isBelow) && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
            <section aria-label="La case choisie" tabIndex={0} className={styles.beside}>
              {place && chosen ? <CellDetail service={chosen} place={place} /> : <HowToRead />}
            </section>
          )}
        </>
      )}
    </div>
  );
}
