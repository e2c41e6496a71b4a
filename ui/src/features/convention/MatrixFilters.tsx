//! Above the matrix: one press for what the collège does itself and for what is left to complete, then each filter with
//! its counts.
import { Button } from "../../components/Button";
import { Chip } from "../../components/Chip";
import { FacetMenu } from "../../components/FacetMenu";
import { partyName } from "../../components/PartyBadge";
import { capital } from "../../text/fr";
import type { Family, Party, Service } from "../../wire/types";
import {
  counted,
  type FilterName,
  type Filters,
  isFiltered,
  isOwnWork,
  type Known,
  NO_FILTERS,
  OWN_WORK,
} from "./filters";
import styles from "./Matrix.module.css";
import { ACTIVITIES, KNOWN, SIDES } from "./words";

interface MatrixFiltersProps {
  families: readonly Family[];
  matches: (service: Service) => boolean;
  filters: Filters;
  onFilters: (filters: Filters) => void;
}

const PARTIES: readonly Party[] = [
  "departement",
  "academie",
  "etablissement",
  "collectivite-ou-etablissement",
  "editeur",
  "region",
  "selon-utilisateur",
  "sans-objet",
  "inconnu",
];
const KNOWNS: readonly Known[] = ["connue", "completee", "a-completer"];
const TO_COMPLETE: Filters = { ...NO_FILTERS, known: ["a-completer"] };

export function MatrixFilters({ families, matches, filters, onFilters }: MatrixFiltersProps) {
  const total = (name: FilterName, value: string) => counted(families, NO_FILTERS, matches, name).get(value) ?? 0;
  const left = total("known", "a-completer");
  const onlyLeft = isFiltered(filters) && JSON.stringify(filters) === JSON.stringify(TO_COMPLETE);
  /** One filter: the values that some cell has, or that are kept. */
  const menu = <Value extends string>(
    name: FilterName,
    label: string,
    values: readonly { value: Value; label: string }[],
  ) => {
    const counts = counted(families, filters, matches, name);
    const kept: readonly string[] = filters[name];
    const options = values
      .map((value) => ({ ...value, count: counts.get(value.value) ?? 0 }))
      .filter(({ value, count }) => count > 0 || kept.includes(value));
    if (options.length === 0) return null;
    return (
      <FacetMenu
        label={label}
        options={options}
        value={kept}
        onChange={(next) =>
          onFilters({
            ...filters,
            [name]: values.map(({ value }) => value).filter((value) => next.includes(value)),
          })
        }
      />
    );
  };
  return (
    <fieldset className={styles.filters}>
      <legend className="visually-hidden">Montrer seulement</legend>
      <Chip
        count={total("parties", "etablissement")}
        isSelected={isOwnWork(filters)}
        onChange={(selected) => onFilters(selected ? OWN_WORK : NO_FILTERS)}
      >
        Ce que le collège fait lui-même
      </Chip>
      {(left > 0 || onlyLeft) && (
        <Chip
          count={left}
          isSelected={onlyLeft}
          onChange={(selected) => onFilters(selected ? TO_COMPLETE : NO_FILTERS)}
        >
          À compléter
        </Chip>
      )}
      {menu(
        "parties",
        "Responsable",
        PARTIES.map((value) => ({ value, label: capital(partyName(value)) })),
      )}
      {menu(
        "known",
        "Source",
        KNOWNS.map((value) => ({ value, label: KNOWN[value] })),
      )}
      {menu("perimeters", "Pour qui", [
        { value: "administratif", label: SIDES.administratif.name },
        { value: "pedagogique", label: SIDES.pedagogique.name },
      ])}
      {menu(
        "activities",
        "Activité",
        ACTIVITIES.map(({ id, full }) => ({ value: id, label: full })),
      )}
      {menu(
        "families",
        "Famille",
        families.map(({ id, label }) => ({ value: id, label })),
      )}
      {isFiltered(filters) && !isOwnWork(filters) && !onlyLeft && (
        <Button variant="quiet" size="small" onPress={() => onFilters(NO_FILTERS)}>
          Effacer
        </Button>
      )}
    </fieldset>
  );
}
