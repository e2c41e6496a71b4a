//! A machine as one line, for the acts that name it: what it is, then what tells it apart.
import { call } from "../../host";
import type { EquipmentPick, EquipmentRow } from "../../wire/types";

export function titleOf({ kind, model }: Pick<EquipmentRow, "kind" | "model">): string {
  return [kind, model].filter(Boolean).join(" ");
}

export function pickOf(row: EquipmentRow): EquipmentPick {
  const detail = [row.room, row.serial || row.inventory_number || row.host_name].filter(Boolean).join(" · ");
  return { id: row.id, label: titleOf(row), detail };
}

/** The chosen machines by name: those of the list are known, the others are read. */
export function picksOf(ids: readonly string[], rows: readonly (EquipmentRow | undefined)[]): Promise<EquipmentPick[]> {
  const known = new Map(rows.flatMap((row) => (row ? [[row.id, row]] : [])));
  return Promise.all(ids.map(async (id) => pickOf(known.get(id) ?? (await call("equipment_show", { id })).row)));
}
