//! The facets and the order, in a window without room for them beside the list.
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { fr, plural } from "../../text/fr";
import type { Facet } from "../../wire/types";
import { SortFields } from "./DisplayPanel";
import styles from "./Equipment.module.css";
import { FacetPanel } from "./Filters";
import { countKept, type ListState } from "./listState";

interface FiltersDialogProps {
  isOpen: boolean;
  onClose: () => void;
  facets: readonly Facet[];
  kept: ListState["facets"];
  onChange: (part: Partial<ListState>) => void;
  state: ListState;
  total: number | undefined;
  onClear: () => void;
}

export function FiltersDialog(props: FiltersDialogProps) {
  const { isOpen, onClose, facets, kept, onChange, state, total, onClear } = props;
  return (
    <Dialog
      wide
      title="Filtres"
      isOpen={isOpen}
      onClose={onClose}
      actions={
        <>
          {(countKept(kept) > 0 || state.text !== "") && (
            <Button variant="quiet" onPress={onClear}>
              Effacer les filtres
            </Button>
          )}
          <Button variant="primary" onPress={onClose}>
            {total === undefined ? "Fermer" : fr`Voir ${plural(total, "équipement")}`}
          </Button>
        </>
      }
    >
      <div className={styles.dialogPanel}>
        <FacetPanel facets={facets} kept={kept} onChange={onChange} />
      </div>
      <SortFields
        sort={state.sort}
        descending={state.descending}
        onSort={(sort, descending) => onChange({ sort, descending })}
      />
    </Dialog>
  );
}
