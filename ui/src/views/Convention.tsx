//! Convention: the matrix and the annexes, to explore with their sources.
import { Page } from "../components/Page";

export default function Convention(_props: { serviceId: string | null }) {
  return (
    <Page title="La convention" subtitle="Qui décide, installe, dépanne et conseille">
      {null}
    </Page>
  );
}
