//! Équipements: the register as a dense table with facets. The whole list is walked, only the rows in sight are read.
//! Left out on purpose: what is done to several machines at once, import and export.
import { ListFilter, Monitor, Plus, SearchX } from "lucide-react";
import { type KeyboardEvent, useCallback, useDeferredValue, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { Callout } from "../components/Callout";
import { cx } from "../components/cx";
import { DataTable } from "../components/DataTable";
import { Dialog } from "../components/Dialog";
import { EmptyState } from "../components/EmptyState";
import { Kbd } from "../components/Kbd";
import { Page } from "../components/Page";
import { SearchField } from "../components/SearchField";
import { Skeleton } from "../components/Skeleton";
import { useNarrow } from "../components/useNarrow";
import { useWindows } from "../data/windows";
import { explain } from "../errors/table";
import { ALL_COLUMNS, FEWER_COLUMNS, NarrowRow } from "../features/equipment/columns";
import styles from "../features/equipment/Equipment.module.css";
import { FacetPanel, WatchChips } from "../features/equipment/Filters";
import { countKept, useListState } from "../features/equipment/listState";
import { linkTo, pathTo } from "../features/frame/places";
import { useShortcut } from "../keys";
import { fr, NBSP, plural } from "../text/fr";

const NEW = linkTo(pathTo.equipment("nouveau"));

export default function Equipment() {
  const [, go] = useLocation();
  const [state, change] = useListState();
  const [startAt] = useState(Math.max(0, state.activeIndex));
  const [filtersOpen, setFiltersOpen] = useState(false);
  const isNarrow = useNarrow(1100);
  const hasRoom = !useNarrow(1400);
  const text = useDeferredValue(state.text);
  const { facets, sort, descending } = state;
  const request = { text, facets, sort, descending };
  const { head, rows, onRange } = useWindows("equipment_list", request, { startAt, activeIndex: state.activeIndex });

  const byId = useRef(rows);
  byId.current = rows;
  const latestChange = useRef(change);
  latestChange.current = change;
  const onActive = useCallback((id: string) => {
    latestChange.current({ activeId: id, activeIndex: byId.current.findIndex((row) => row?.id === id) });
  }, []);
  // Another list: the arrows start from its beginning.
  const filter = (part: Partial<typeof state>) => change({ ...part, activeId: null, activeIndex: -1 });
  const clear = () => filter({ text: "", facets: {} });

  const table = useRef<HTMLDivElement>(null);
  const enterTable = () => {
    const first = rows[0];
    if (!first) return;
    if (state.activeId === null) onActive(first.id);
    table.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  };
  useShortcut("ArrowDown", enterTable);
  const fromSearch = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLInputElement) || event.target.type !== "search") return;
    if (event.key !== "ArrowDown" && event.key !== "Enter") return;
    event.preventDefault();
    enterTable();
  };

  const page = head.data;
  const kept = countKept(facets);
  const isFiltered = kept > 0 || text !== "";
  const filters = {
    facets: page?.facets ?? [],
    kept: facets,
    onChange: (next: typeof facets) => filter({ facets: next }),
  };

  const subtitle = page ? <span role="status">{summary(page.total, page.all)}</span> : "Le registre du collège";
  const add = (
    <LinkButton href={NEW} variant="primary" icon={Plus}>
      Ajouter
    </LinkButton>
  );
  if (page?.all === 0) {
    return (
      <Page title="Équipements" subtitle="Le registre du collège">
        <EmptyState icon={Monitor} title="Aucun équipement pour l’instant" action={add}>
          Ajoutez un premier matériel{"\u202f"}: Relais saura dire qui le dépanne, et n’aura plus à vous demander sa
          salle ni son numéro de série.
        </EmptyState>
      </Page>
    );
  }
  return (
    <Page fill title="Équipements" subtitle={subtitle} actions={add}>
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
        {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows from the search field go down into the table. */}
        <div className={styles.tools} onKeyDown={fromSearch}>
          <div className={styles.line}>
            <SearchField
              label="Filtrer les équipements"
              placeholder="Série, salle, modèle, adresse…"
              value={state.text}
              onChange={(typed) => filter({ text: typed })}
            />
            {isNarrow && (
              <Button icon={ListFilter} onPress={() => setFiltersOpen(true)}>
                {kept > 0 ? fr`Filtres (${kept})` : "Filtres"}
              </Button>
            )}
          </div>
          <div className={styles.line}>
            <WatchChips {...filters} />
            {isFiltered && (
              <Button variant="quiet" size="small" onPress={clear}>
                Effacer les filtres
              </Button>
            )}
          </div>
        </div>
        <div className={styles.table} ref={table}>
          {head.error ? (
            <Callout tone="bad" title="Le registre ne peut pas être lu" announce>
              {explain(head.error)}
            </Callout>
          ) : page ? (
            <>
              <DataTable
                label="Équipements"
                columns={hasRoom ? ALL_COLUMNS : FEWER_COLUMNS}
                items={rows}
                total={page.total}
                idOf={({ id }) => id}
                activeId={state.activeId}
                onActive={onActive}
                onOpen={(id) => go(pathTo.equipment(id))}
                sort={{ by: sort, descending }}
                onSort={(by, down) => filter({ sort: by, descending: down })}
                narrow={(row) => <NarrowRow row={row} />}
                onRange={onRange}
                listKey={JSON.stringify(request)}
                startAt={startAt}
                empty={
                  <EmptyState
                    icon={SearchX}
                    title="Rien ne répond à ces filtres"
                    action={<Button onPress={clear}>Effacer les filtres</Button>}
                  >
                    Essayez un autre mot, une partie du numéro de série ou le code de la salle.
                  </EmptyState>
                }
              />
              {rows.length > 0 && (
                <p className={styles.keys}>
                  <Kbd>↑</Kbd>
                  <Kbd>↓</Kbd>
                  parcourir{NBSP}·{NBSP}
                  <Kbd>Entrée</Kbd>
                  ouvrir la fiche
                </p>
              )}
            </>
          ) : (
            <Skeleton lines={12} label="Chargement des équipements" />
          )}
        </div>
      </div>
      <Dialog
        wide
        title="Filtres"
        isOpen={isNarrow && filtersOpen}
        onClose={() => setFiltersOpen(false)}
        actions={
          <>
            {isFiltered && (
              <Button variant="quiet" onPress={clear}>
                Effacer les filtres
              </Button>
            )}
            <Button variant="primary" onPress={() => setFiltersOpen(false)}>
              {page ? fr`Voir ${plural(page.total, "équipement")}` : "Fermer"}
            </Button>
          </>
        }
      >
        <div className={styles.dialogPanel}>
          <FacetPanel {...filters} />
        </div>
      </Dialog>
    </Page>
  );
}

function summary(total: number, all: number): string {
  return total === all
    ? fr`${plural(all, "équipement")} au registre du collège`
    : fr`${plural(total, "équipement")} sur ${all}`;
}
