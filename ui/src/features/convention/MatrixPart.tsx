//! The tab « Matrice »: the filters, the grid, and the detail of the chosen cell. Filters and place are held by the page,
//! so that going from part to part loses nothing.
import { FileUp, SearchX } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { saySaved } from "../../components/Saved";
import { useNarrow } from "../../components/useNarrow";
import { useAct } from "../../data";
import { fr, plural } from "../../text/fr";
import type { ConventionView, Service } from "../../wire/types";
import { CellDetail, HowToRead } from "./CellDetail";
import { type Filters, filtered, isFiltered, NO_FILTERS } from "./filters";
import { Matrix, type Place } from "./Matrix";
import styles from "./Matrix.module.css";
import { MatrixFilters } from "./MatrixFilters";
import { MatrixList } from "./MatrixList";

interface MatrixPartProps {
  view: ConventionView;
  matches: (service: Service) => boolean;
  filters: Filters;
  onFilters: (filters: Filters) => void;
  place: Place | null;
  onPlace: (place: Place) => void;
  /** What to offer when the search finds nothing here. */
  nothing: ReactNode;
}

export function MatrixPart({ view, matches, filters, onFilters, place, onPlace, nothing }: MatrixPartProps) {
  const beside = useRef<HTMLElement>(null);
  const isNarrow = useNarrow(720);
  const isBelow = useNarrow(1100);
  const shown = filtered(view.families, filters, matches);
  const chosen = place && shown.flatMap(({ services }) => services).find(({ id }) => id === place.service);
  // To what can be done about the cell, or else to its detail.
  const enter = () => (beside.current?.querySelector("button") ?? beside.current)?.focus();
  return (
    <div className={styles.part}>
      <div className={styles.top}>
        <MatrixFilters families={view.families} matches={matches} filters={filters} onFilters={onFilters} />
        {isBelow && <Propose completed={view.cells_completed} />}
      </div>
      {shown.length === 0 ? (
        isFiltered(filters) ? (
          <EmptyState
            icon={SearchX}
            title="Aucune case ne répond"
            action={<Button onPress={() => onFilters(NO_FILTERS)}>Effacer les filtres</Button>}
          >
            Aucune ligne n’a de case qui réponde à la fois à la recherche et à ces filtres.
          </EmptyState>
        ) : (
          nothing
        )
      ) : isNarrow ? (
        <MatrixList
          key={place?.service}
          families={shown}
          filters={filters}
          view={view}
          asked={place?.service ?? null}
        />
      ) : (
        <>
          <Matrix families={shown} filters={filters} place={place} onPlace={onPlace} onEnter={enter} />
          {(chosen || !isBelow) && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by the keyboard.
            <section ref={beside} aria-label="La case choisie" tabIndex={0} className={styles.beside}>
              {place && chosen ? <CellDetail service={chosen} place={place} view={view} /> : <HowToRead />}
              {!isBelow && <Propose completed={view.cells_completed} />}
            </section>
          )}
        </>
      )}
    </div>
  );
}

/** What was read on the signed copy is worth telling: the next version of the convention can say it itself. */
function Propose({ completed }: { completed: number }) {
  const { mutate, isPending } = useAct("completions_export");
  if (completed === 0) return null;
  return (
    <Button size="small" icon={FileUp} isPending={isPending} onPress={() => mutate({}, { onSuccess: saySaved })}>
      {fr`${plural(completed, "case complétée", "cases complétées")} : ${completed > 1 ? "les" : "la"} proposer au Département`}
    </Button>
  );
}
