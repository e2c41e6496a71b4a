//! Signaler: the guided form, and beside it who takes care of it and why.
import { Page } from "../components/Page";

export default function Report(_props: { draftId: string | null }) {
  return (
    <Page title="Signaler un problème" subtitle="Une question à la fois, enregistrée à mesure">
      {null}
    </Page>
  );
}
