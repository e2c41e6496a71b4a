//! Above the table: the filter typed in words, what to watch, the saved views, the display, the export.
import { ListFilter } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Button } from "../../components/Button";
import { SearchField } from "../../components/SearchField";
import { fr } from "../../text/fr";
import type { EquipmentColumn, EquipmentQuery, Facet, ListLayout } from "../../wire/types";
import { DisplayButton } from "./DisplayPanel";
import styles from "./Equipment.module.css";
import { ExportMenu } from "./ExportMenu";
import { WatchChips } from "./Filters";
import { countKept, type ListState } from "./listState";
import { ViewsMenu } from "./ViewsMenu";

interface ListToolsProps {
  state: ListState;
  change: (part: Partial<ListState>) => void;
  query: EquipmentQuery;
  total: number;
  facets: readonly Facet[];
  layout: ListLayout | undefined;
  columns: readonly EquipmentColumn[];
  onColumns: (columns: EquipmentColumn[]) => void;
  /** The facets are in a dialog; without it they stand beside. */
  onFilters?: () => void;
  /** Rows are stacked: there are no columns to choose. */
  isStacked: boolean;
  onEnterTable: () => void;
  onClear: () => void;
}

export function ListTools(props: ListToolsProps) {
  const { state, change, query, total, facets, layout, columns, onColumns, onFilters, onEnterTable, onClear } = props;
  const kept = countKept(state.facets);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") return;
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    onEnterTable();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows from the search field go down into the table.
    <div className={styles.tools} onKeyDown={onKeyDown}>
      <div className={styles.line}>
        <SearchField
          label="Filtrer les équipements"
          placeholder="Série, salle, modèle, adresse…"
          value={state.text}
          onChange={(text) => change({ text })}
        />
        {onFilters && (
          <Button icon={ListFilter} onPress={onFilters}>
            {kept > 0 ? fr`Filtres (${kept})` : "Filtres"}
          </Button>
        )}
        <ViewsMenu views={layout?.views ?? []} state={state} columns={columns} onOpen={change} />
        {!props.isStacked && (
          <DisplayButton
            all={layout?.all_columns ?? []}
            shown={columns}
            onColumns={onColumns}
            sort={state.sort}
            descending={state.descending}
            onSort={(sort, descending) => change({ sort, descending })}
          />
        )}
        <ExportMenu query={query} total={total} columns={columns} />
      </div>
      <div className={styles.line}>
        <WatchChips facets={facets} kept={state.facets} onChange={change} />
        {(kept > 0 || state.text !== "") && (
          <Button variant="quiet" size="small" onPress={onClear}>
            Effacer les filtres
          </Button>
        )}
      </div>
    </div>
  );
}
