//! Mounts the window.
import "./styles/fonts.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { I18nProvider } from "react-aria-components";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { askAhead, client, followChanges } from "./data";
import { applyKeptTheme } from "./features/frame/theme";

applyKeptTheme();
followChanges();
// The first screen's three readings leave together, while React is still mounting.
askAhead("status", {});
askAhead("settings", {});
askAhead("home", {});
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <I18nProvider locale="fr-FR">
      <QueryClientProvider client={client}>
        <App />
      </QueryClientProvider>
    </I18nProvider>,
  );
}
