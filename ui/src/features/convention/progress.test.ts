//! What counts as done in a task sheet.
import { expect, test } from "vitest";
import type { MissionLine } from "../../wire/types";
import { progress } from "./progress";

const line = (text: string, point: string | null = null, done_on: string | null = null): MissionLine => ({
  point,
  text,
  done_on,
});

test("only tasks count, wherever the sheet has them", () => {
  const sections = [
    {
      title: "Missions",
      text: [line("Il est le contact."), line("Il redistribue l’information.", "c/information", "2026-11-23")],
      points: [line("Fournisseurs")],
      after: [line("Il suit les dossiers.", "c/suivi")],
    },
    { title: "Profil", text: [line("Présent à plein temps.")], points: [line("Formé", "c/forme")], after: [] },
  ];
  expect(
    progress({ id: "c", title: "Fiche", annexe: "Annexe D", sections }),
    "a duty in a paragraph counts, a name in a list does not",
  ).toEqual({ done: 1, all: 3 });
});
