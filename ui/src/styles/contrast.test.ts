//! Reads tokens.css and measures every pair of colours that meet on screen, in both themes, by WCAG's formula.
//! A token added without a pair here fails the last test, so that none escapes.
/// <reference types="vite/client" />
import { describe, expect, test } from "vitest";
import css from "./tokens.css?raw";

type Theme = "light" | "dark";
const TOKENS = new Map<string, Record<Theme, string>>();
const NORMAL = css.slice(0, css.indexOf("@media"));
for (const [, name, light, dark] of NORMAL.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)) {
  if (name && light && dark) TOKENS.set(name, { light, dark });
}

function luminance(hex: string): number {
  const channel = (from: number) => {
    const part = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(one: string, other: string, theme: Theme): number {
  const [a, b] = [one, other].map((name) => {
    const token = TOKENS.get(name);
    if (!token) throw new Error(`tokens.css has no colour named --${name}`);
    return luminance(token[theme]);
  }) as [number, number];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const GROUNDS = ["ground", "card", "sunken", "raised"];
const PARTIES = ["departement", "academie", "college", "editeur", "region", "shared", "unknown"];
const STATES = ["good", "care", "bad"];

const TEXT: [string, string][] = [
  ...GROUNDS.flatMap((ground): [string, string][] => [
    ["ink", ground],
    ["soft", ground],
    ["action-ink", ground],
  ]),
  ...["action-tint", "waiting-tint", ...STATES.map((state) => `${state}-tint`)].flatMap((tint): [string, string][] => [
    ["ink", tint],
    ["soft", tint],
  ]),
  ...PARTIES.flatMap((party): [string, string][] => [
    [party, `${party}-tint`],
    [party, "card"],
    [party, "action-tint"],
  ]),
  ...STATES.flatMap((state): [string, string][] => [
    [state, `${state}-tint`],
    [state, "card"],
    [state, "ground"],
    [state, "action-tint"],
  ]),
  ["unknown", "unknown-hatch"],
  ["action-ink", "action-tint"],
  ["on-action", "action"],
  ["on-action", "action-hover"],
  ["waiting-ink", "waiting-tint"],
  ["waiting-ink", "card"],
  ["card", "bad"],
];

const GRAPHICS: [string, string][] = [
  ...["ground", "card", "raised"].flatMap((ground): [string, string][] => [
    ["control-line", ground],
    ["focus", ground],
    ["action", ground],
  ]),
  ["waiting", "card"],
  ["focus", "action-tint"],
];

describe.each<Theme>(["light", "dark"])("%s theme", (theme) => {
  test.each(TEXT)("text --%s is read on --%s", (ink, ground) => {
    expect(contrast(ink, ground, theme), "WCAG 1.4.3 asks 4.5:1").toBeGreaterThanOrEqual(4.5);
  });
  test.each(GRAPHICS)("graphic --%s is seen on --%s", (shape, ground) => {
    expect(contrast(shape, ground, theme), "WCAG 1.4.11 asks 3:1").toBeGreaterThanOrEqual(3);
  });
});

test("every colour of the theme is measured against another", () => {
  const measured = new Set([...TEXT, ...GRAPHICS].flat());
  // A hairline only decorates: what it separates is also apart by space.
  const decorative = new Set(["line"]);
  const forgotten = [...TOKENS.keys()].filter((name) => !measured.has(name) && !decorative.has(name));
  expect(TOKENS.size, "tokens.css is read").toBeGreaterThan(30);
  expect(forgotten, "colours without a pair in this file").toEqual([]);
});
