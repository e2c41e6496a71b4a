//! One piece of equipment: its record, its history and its dossiers.
import { Page } from "../components/Page";

export default function EquipmentRecord(_props: { equipmentId: string }) {
  return (
    <Page title="Équipement" subtitle="Sa fiche, son histoire et ses dossiers">
      {null}
    </Page>
  );
}
