//! The list as a file, in the folder of downloads: what is shown, or what is chosen, with the columns on show or all.
import { Download } from "lucide-react";
import { Menu, type MenuPart } from "../../components/Menu";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import { fr, plural } from "../../text/fr";
import type { EquipmentColumn, EquipmentQuery, TableFormat } from "../../wire/types";

const FORMATS: readonly { format: TableFormat; label: string }[] = [
  { format: "xlsx", label: "Excel (.xlsx)" },
  { format: "ods", label: "LibreOffice (.ods)" },
  { format: "csv", label: "CSV, pour tout tableur" },
];

interface ExportMenuProps {
  /** The chosen rows; without them, what the list shows. */
  ids?: readonly string[];
  query: EquipmentQuery;
  total: number;
  columns: readonly EquipmentColumn[];
}

export function ExportMenu({ ids, query, total, columns }: ExportMenuProps) {
  const { mutate, isPending } = useAct("table_export");
  const run = (format: TableFormat, all: boolean) =>
    mutate(
      {
        what: "equipements",
        format,
        ids: ids ? [...ids] : null,
        query: ids ? null : query,
        columns: all ? [] : [...columns],
      },
      { onSuccess: saySaved },
    );
  const part = (title: string, all: boolean): MenuPart => ({
    id: title,
    title,
    acts: FORMATS.map(({ format, label }) => ({
      id: `${format} ${all}`,
      label,
      run: () => run(format, all),
    })),
  });
  const rows = plural(ids?.length ?? total, "équipement");
  return (
    <Menu
      label="Exporter"
      icon={Download}
      size={ids ? "small" : "normal"}
      isPending={isPending}
      parts={[part(fr`${rows}, colonnes affichées`, false), part(fr`${rows}, toutes les colonnes`, true)]}
    />
  );
}
