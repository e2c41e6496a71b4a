//! Équipements: the register as a dense table with facets. The whole list is walked, only the rows in sight are read.
//! Invariant: what was chosen by a tick stays chosen until it is let go, whatever the filter; the foot of the list says it.
import { Monitor, Plus, SearchX } from "lucide-react";
import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { Callout } from "../components/Callout";
import { cx } from "../components/cx";
import { DataTable } from "../components/DataTable";
import { EmptyState } from "../components/EmptyState";
import { Page } from "../components/Page";
import { Skeleton } from "../components/Skeleton";
import { useNarrow } from "../components/useNarrow";
import { useAct, useCall } from "../data";
import { useWindows } from "../data/windows";
import { explain } from "../errors/table";
import { columnsOf, NarrowRow, USUAL } from "../features/equipment/columns";
import styles from "../features/equipment/Equipment.module.css";
import { FacetPanel } from "../features/equipment/Filters";
import { FiltersDialog } from "../features/equipment/FiltersDialog";
import { ListTools } from "../features/equipment/ListTools";
import { type ListState, narrowingOf, queryOf, useListState } from "../features/equipment/listState";
import { RegisterTabs } from "../features/equipment/RegisterTabs";
import { SelectionBar } from "../features/equipment/SelectionBar";
import { TableKeys } from "../features/equipment/TableKeys";
import { isAsSaved } from "../features/equipment/ViewsMenu";
import { linkTo, pathTo } from "../features/frame/places";
import { useShortcut } from "../keys";
import { fr, plural, quote } from "../text/fr";
import type { EquipmentColumn, EquipmentRow, Facet } from "../wire/types";

const NEW = linkTo(pathTo.equipment("nouveau"));
const NO_FACETS: Facet[] = [];
const NOBODY: ReadonlySet<string> = new Set();
const idOf = ({ id }: EquipmentRow) => id;
const narrowRow = (row: EquipmentRow) => <NarrowRow row={row} />;

export default function Equipment() {
  const [, go] = useLocation();
  const [state, change] = useListState();
  const [startAt] = useState(Math.max(0, state.activeIndex));
  const [filtersOpen, setFiltersOpen] = useState(false);
  const isNarrow = useNarrow(1100);
  const isStacked = useNarrow(720);
  const hasRoom = !useNarrow(1400);
  const { facets, sort, descending, ticked } = state;
  const query = queryOf(state);
  const request = narrowingOf(state);
  const { head, rows, onRange } = useWindows("equipment_list", request, { startAt, activeIndex: state.activeIndex });
  const layout = useCall("list_layout", {});
  const { shown, columns, onColumns } = useColumns(state, change, layout.data?.columns, hasRoom);
  const all = useAct("equipment_ids");

  const byId = useRef(rows);
  byId.current = rows;
  const onActive = useCallback(
    (id: string) => change({ activeId: id, activeIndex: byId.current.findIndex((row) => row?.id === id) }),
    [change],
  );
  const clear = () => change({ text: "", facets: {} });
  const onTickAll = (every: boolean) =>
    every
      ? all.mutate(query, { onSuccess: ({ ids }) => change({ ticked: new Set([...ticked, ...ids]) }) })
      : change({ ticked: NOBODY });
  const onTickRange = (first: number, last: number) =>
    all.mutate(query, {
      onSuccess: ({ ids }) => change({ ticked: new Set([...ticked, ...ids.slice(first, last + 1)]) }),
    });

  const table = useRef<HTMLDivElement>(null);
  const focusGrid = () => table.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const enterTable = () => {
    const first = rows[0];
    if (!first) return;
    if (state.activeId === null) onActive(first.id);
    focusGrid();
  };
  useShortcut("ArrowDown", enterTable);

  const page = head.data;
  const view = layout.data?.views.find(({ id }) => id === state.viewId);
  const filters = { facets: page?.facets ?? NO_FACETS, kept: facets, onChange: change };
  const add = (
    <LinkButton href={NEW} variant="primary" icon={Plus}>
      Ajouter
    </LinkButton>
  );
  if (page?.all === 0) return <NoEquipment add={add} />;
  return (
    <Page
      fill
      title="Équipements"
      subtitle={
        page ? (
          <>
            <span role="status">{summary(page.total, page.all)}</span>
            {view && fr` · vue ${quote(view.name)}${isAsSaved(view, state, shown) ? "" : ", modifiée"}`}
          </>
        ) : (
          "Le registre du collège"
        )
      }
      actions={add}
    >
      <RegisterTabs />
      <div className={cx(styles.list, isNarrow && styles.alone)}>
        {!isNarrow && (
          <section className={styles.side} aria-label="Filtres">
            {page ? (
              <FacetPanel {...filters} />
            ) : (
              head.error === null && <Skeleton lines={12} label="Chargement des filtres" />
            )}
          </section>
        )}
        <ListTools
          state={state}
          change={change}
          query={query}
          total={page?.total ?? 0}
          facets={filters.facets}
          layout={layout.data}
          columns={shown}
          onColumns={onColumns}
          isStacked={isStacked}
          onEnterTable={enterTable}
          onClear={clear}
          {...(isNarrow ? { onFilters: () => setFiltersOpen(true) } : {})}
        />
        <div className={styles.table} ref={table}>
          {head.error ? (
            <Callout tone="bad" title="Le registre ne peut pas être lu" announce>
              {explain(head.error)}
            </Callout>
          ) : page && (layout.data || layout.error) ? (
            <>
              <DataTable
                label="Équipements"
                columns={columns}
                items={rows}
                total={page.total}
                idOf={idOf}
                activeId={state.activeId}
                onActive={onActive}
                onOpen={(id) => go(pathTo.equipment(id))}
                ticked={ticked}
                onTick={(next) => change({ ticked: next })}
                onTickAll={onTickAll}
                onTickRange={onTickRange}
                sort={{ by: sort, descending }}
                onSort={(by, down) => change({ sort: by, descending: down })}
                narrow={narrowRow}
                onRange={onRange}
                listKey={JSON.stringify(request)}
                startAt={startAt}
                empty={<NothingFound onClear={clear} />}
              />
              {ticked.size > 0 ? (
                <SelectionBar
                  ticked={ticked}
                  query={query}
                  columns={shown}
                  rows={rows}
                  onClear={() => {
                    change({ ticked: NOBODY });
                    focusGrid();
                  }}
                />
              ) : (
                rows.length > 0 && <TableKeys />
              )}
            </>
          ) : (
            <Skeleton lines={12} label="Chargement des équipements" />
          )}
        </div>
      </div>
      <FiltersDialog
        {...filters}
        state={state}
        isOpen={isNarrow && filtersOpen}
        onClose={() => setFiltersOpen(false)}
        total={page?.total}
        onClear={clear}
      />
    </Page>
  );
}

/** The columns of the saved view, or those of the settings, and how a change of them is kept. */
function useColumns(
  state: ListState,
  change: (part: Partial<ListState>) => void,
  saved: readonly EquipmentColumn[] | undefined,
  hasRoom: boolean,
) {
  const { mutate } = useAct("columns_save");
  // A box ticked is seen at once, before its answer.
  const [asked, setAsked] = useState<readonly EquipmentColumn[] | null>(null);
  const shown = state.columns ?? asked ?? saved ?? USUAL;
  const key = shown.join();
  // The same columns come back in a new array with each answer; the rows must not be drawn again for it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the columns.
  const columns = useMemo(() => columnsOf(shown, hasRoom), [key, hasRoom]);
  const onColumns = (next: EquipmentColumn[]) => {
    if (state.columns !== null) return change({ columns: next });
    setAsked(next);
    mutate({ columns: next }, { onSettled: () => setAsked(null) });
  };
  return { shown, columns, onColumns };
}

function NoEquipment({ add }: { add: ReactNode }) {
  return (
    <Page title="Équipements" subtitle="Le registre du collège">
      <RegisterTabs />
      <EmptyState
        icon={Monitor}
        title="Aucun équipement pour l’instant"
        action={
          <div className={styles.line}>
            <LinkButton href={linkTo("/import")}>Importer un fichier</LinkButton>
            {add}
          </div>
        }
      >
        Ajoutez un premier matériel, ou importez la liste que vous avez déjà{"\u202f"}: Relais saura dire qui dépanne
        chaque appareil, et n’aura plus à vous demander sa salle ni son numéro de série.
      </EmptyState>
    </Page>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="Rien ne répond à ces filtres"
      action={<Button onPress={onClear}>Effacer les filtres</Button>}
    >
      Essayez un autre mot, une partie du numéro de série ou le code de la salle.
    </EmptyState>
  );
}

function summary(total: number, all: number): string {
  return total === all
    ? fr`${plural(all, "équipement")} au registre du collège`
    : fr`${plural(total, "équipement")} sur ${all}`;
}
