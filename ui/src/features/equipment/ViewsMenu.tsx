//! Saved views: a filter, an order and columns under a name, opened in one gesture.
//! Invariant: a view changes only when it is asked to; what is filtered meanwhile is not written into it.
import { Bookmark } from "lucide-react";
import { useState } from "react";
import { Menu, type MenuPart } from "../../components/Menu";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { fr, quote } from "../../text/fr";
import type { EquipmentColumn, SavedView } from "../../wire/types";
import { type ListState, opened, queryOf, sameList } from "./listState";
import { NameViewDialog, ViewsDialog } from "./ViewDialogs";

/** What is on screen is the view, no more and no less. */
export function isAsSaved(view: SavedView, state: ListState, columns: readonly EquipmentColumn[]): boolean {
  return sameList(view.query, state) && view.columns.join() === columns.join();
}

interface ViewsMenuProps {
  views: readonly SavedView[];
  state: ListState;
  columns: readonly EquipmentColumn[];
  onOpen: (list: Partial<ListState>) => void;
}

export function ViewsMenu({ views, state, columns, onOpen }: ViewsMenuProps) {
  const [dialog, setDialog] = useState<"name" | "manage" | null>(null);
  const { mutate: save } = useAct("view_save");
  const current = views.find(({ id }) => id === state.viewId);
  const isChanged = current !== undefined && !isAsSaved(current, state, columns);
  const shown = { query: queryOf(state), columns: [...columns] };

  const update = (view: SavedView) =>
    save(
      { id: view.id, name: view.name, ...shown },
      { onSuccess: () => say({ text: fr`La vue ${quote(view.name)} montre maintenant cette liste.` }) },
    );
  const parts: MenuPart[] = [
    {
      id: "vues",
      acts: [
        {
          id: "tout",
          label: "Tout le registre",
          isCurrent: current === undefined,
          run: () => onOpen(opened(null)),
        },
        ...views.map((view) => ({
          id: `vue ${view.id}`,
          label: view.name,
          isCurrent: view.id === current?.id,
          run: () => onOpen(opened(view)),
        })),
      ],
    },
    {
      id: "actes",
      acts: [
        ...(current && isChanged
          ? [{ id: "garder", label: fr`Mettre à jour ${quote(current.name)}`, run: () => update(current) }]
          : []),
        { id: "nommer", label: "Enregistrer cette liste…", run: () => setDialog("name") },
        ...(views.length > 0 ? [{ id: "gerer", label: "Renommer ou supprimer…", run: () => setDialog("manage") }] : []),
      ],
    },
  ];
  return (
    <>
      <Menu label="Vues" icon={Bookmark} parts={parts} />
      <NameViewDialog
        isOpen={dialog === "name"}
        onClose={() => setDialog(null)}
        shown={shown}
        onSaved={(view) => onOpen({ viewId: view.id, columns: view.columns })}
      />
      <ViewsDialog
        isOpen={dialog === "manage"}
        onClose={() => setDialog(null)}
        views={views}
        onRemoved={(id) => id === state.viewId && onOpen({ viewId: null, columns: null })}
      />
    </>
  );
}
