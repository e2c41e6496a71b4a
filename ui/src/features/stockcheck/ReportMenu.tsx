//! The report of a récolement, to print and sign or to work on; one of a round still under way says where it stands.
import { FileDown, FileSpreadsheet, FileText } from "lucide-react";
import { Menu } from "../../components/Menu";
import { saySaved } from "../../components/Saved";
import { useAct } from "../../data";
import type { ReportFormat } from "../../wire/types";

export function ReportMenu({ checkId }: { checkId: string }) {
  const report = useAct("stock_check_report");
  const save = (format: ReportFormat) => report.mutate({ id: checkId, format }, { onSuccess: saySaved });
  return (
    <Menu
      label="Rapport"
      icon={FileDown}
      isPending={report.isPending}
      parts={[
        {
          id: "formats",
          acts: [
            { id: "pdf", label: "PDF", detail: "À imprimer et signer", icon: FileText, run: () => save("pdf") },
            {
              id: "xlsx",
              label: "Excel",
              detail: "À trier et compléter",
              icon: FileSpreadsheet,
              run: () => save("xlsx"),
            },
          ],
        },
      ]}
    />
  );
}
