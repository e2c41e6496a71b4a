//! Contacts: by role, whom to call for what.
import { Page } from "../components/Page";

export default function Contacts(_props: { contactId: string | null }) {
  return (
    <Page title="Contacts" subtitle="Qui appeler, et pour quoi">
      {null}
    </Page>
  );
}
