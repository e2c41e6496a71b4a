import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// The window's content policy is `default-src 'self'`: nothing may be inlined, hence assetsInlineLimit 0 and relative
// addresses. Each view is a lazily loaded chunk, so that Accueil paints without waiting for the others.
export default defineConfig({
  base: "./",
  plugins: [react()],
  css: { modules: { localsConvention: "camelCaseOnly" } },
  build: {
    target: ["safari15"],
    cssTarget: ["safari15"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 900,
  },
  // contrast.test.ts reads the real tokens.css.
  test: { css: true, include: ["src/**/*.test.ts"] },
});
