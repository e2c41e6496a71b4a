//! What the list of dossiers is narrowed to: a text, a state, and who has the dossier.
import { ToggleButtonGroup } from "react-aria-components";
import { Chip } from "../../components/Chip";
import { cx } from "../../components/cx";
import { partyName } from "../../components/PartyBadge";
import { SearchField } from "../../components/SearchField";
import type { Party, PartyCount, TicketFilter } from "../../wire/types";
import styles from "./Tickets.module.css";
import { FILTERS } from "./words";

export interface Narrowing {
  text: string;
  filter: TicketFilter;
  party: Party | null;
}

interface TicketFiltersProps {
  value: Narrowing;
  onChange: (value: Narrowing) => void;
  counts: Partial<Record<TicketFilter, number>>;
  parties: readonly PartyCount[];
}

const isFilter = (key: unknown): key is TicketFilter => typeof key === "string" && key in FILTERS;

export function TicketFilters({ value, onChange, counts, parties }: TicketFiltersProps) {
  return (
    <search className={styles.filters} aria-label="Filtrer les dossiers">
      <div className={styles.filterLine}>
        <SearchField
          label="Chercher un dossier"
          placeholder="Titre, numéro, salle, mot échangé…"
          value={value.text}
          onChange={(text) => onChange({ ...value, text })}
        />
        <ToggleButtonGroup
          aria-label="État des dossiers"
          disallowEmptySelection
          selectedKeys={[value.filter]}
          onSelectionChange={([filter]) => isFilter(filter) && onChange({ ...value, filter, party: null })}
          className={cx(styles.chips)}
        >
          {Object.entries(FILTERS).map(([id, { name }]) => {
            const count = isFilter(id) ? counts[id] : undefined;
            return (
              <Chip key={id} id={id} {...(count === undefined ? {} : { count })}>
                {name}
              </Chip>
            );
          })}
        </ToggleButtonGroup>
      </div>
      {(parties.length > 1 || value.party !== null) && (
        <ToggleButtonGroup
          aria-label="Chez qui"
          selectedKeys={value.party === null ? [] : [value.party]}
          onSelectionChange={([key]) =>
            onChange({ ...value, party: parties.find(({ party }) => party === key)?.party ?? null })
          }
          className={cx(styles.chips)}
        >
          <span className={styles.chipsLabel} aria-hidden>
            Chez
          </span>
          {parties.map(({ party, count }) => (
            <Chip key={party} id={party} count={count} party={party}>
              {partyName(party)}
            </Chip>
          ))}
        </ToggleButtonGroup>
      )}
    </search>
  );
}
