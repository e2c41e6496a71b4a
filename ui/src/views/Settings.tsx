//! Réglages: profile, platform, data, theme, diagnostics.
import { Page } from "../components/Page";

export default function Settings() {
  return (
    <Page title="Réglages" subtitle="Votre collège, la plateforme, vos données">
      {null}
    </Page>
  );
}
