//! The theme the user chose, on <html>. It is kept by the application; the copy in the window's storage only avoids a
//! flash of the other theme before the first answer.
import type { Theme } from "../../wire/types";

const KEPT = "theme";

export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "systeme") delete root.dataset.theme;
  else root.dataset.theme = theme === "clair" ? "light" : "dark";
  localStorage.setItem(KEPT, theme);
}

export function applyKeptTheme(): void {
  const kept = localStorage.getItem(KEPT);
  if (kept === "clair" || kept === "sombre") applyTheme(kept);
}
