//! Envois: every operation for the platform with its state, its proof or its reason.
import { Page } from "../components/Page";

export default function Outbox() {
  return (
    <Page title="Envois" subtitle="Ce qui part vers la plateforme d’assistance, et la preuve que c’est arrivé">
      {null}
    </Page>
  );
}
