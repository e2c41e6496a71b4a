//! Équipements: the register as a dense table with facets.
import { Page } from "../components/Page";

export default function Equipment() {
  return (
    <Page title="Équipements" subtitle="Le matériel du collège">
      {null}
    </Page>
  );
}
