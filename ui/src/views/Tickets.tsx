//! Dossiers: the list and, beside it, the one being read.
import { Page } from "../components/Page";

export default function Tickets(_props: { ticketId: string | null }) {
  return (
    <Page title="Dossiers" subtitle="Vos demandes et ce qu’elles deviennent">
      {null}
    </Page>
  );
}
