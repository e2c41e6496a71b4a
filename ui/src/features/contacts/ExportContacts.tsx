//! The contacts as a file in the folder of downloads: cards for a telephone or a mailer, or a table.
//! Cards leave out those who left, unless the list shows them; a table of everyone holds them, with the day.
import { ContactRound, Download, Table } from "lucide-react";
import { Menu } from "../../components/Menu";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import type { TableFormat } from "../../wire/types";

const TABLES: readonly { format: TableFormat; label: string }[] = [
  { format: "xlsx", label: "Excel (.xlsx)" },
  { format: "ods", label: "LibreOffice (.ods)" },
  { format: "csv", label: "CSV, pour tout tableur" },
];

/** `ids`: those the list shows; all of them when it is not narrowed. */
export function ExportContacts({ ids }: { ids: readonly string[] | null }) {
  const cards = useAct("contact_cards");
  const table = useAct("table_export");
  return (
    <Menu
      label="Exporter"
      icon={Download}
      isPending={cards.isPending || table.isPending}
      parts={[
        {
          id: "cartes",
          acts: [
            {
              id: "vcard",
              label: "Cartes de visite (vCard)",
              detail: "Pour un téléphone ou une messagerie",
              icon: ContactRound,
              run: () => cards.mutate({ ids: [...(ids ?? [])] }, { onSuccess: saySaved }),
            },
          ],
        },
        {
          id: "tableaux",
          title: "Tableau",
          acts: TABLES.map(({ format, label }) => ({
            id: format,
            label,
            icon: Table,
            run: () =>
              table.mutate(
                { what: "contacts", format, ids: ids && [...ids], query: null, columns: [] },
                { onSuccess: saySaved },
              ),
          })),
        },
      ]}
    />
  );
}
