//! One word, and every part of the convention that speaks of it.
import { expect, test } from "vitest";
import type { ConventionView } from "../../wire/types";
import { searched } from "./search";

const VIEW: ConventionView = {
  name: "Convention",
  version: "1",
  signed_on: "2015-06-05",
  departement: "",
  academie: "",
  cells_total: 1,
  cells_known: 1,
  cells_completed: 0,
  may_complete: true,
  may_not: null,
  school_year: "2026-2027",
  families: [
    {
      id: "f",
      label: "Matériel",
      services: [
        {
          id: "annuaire",
          label: "Service d’annuaire (AAF)",
          explanation: null,
          cells: [
            {
              activity: "mco",
              perimeter: null,
              party: "academie",
              basis: "ecrit",
              source: { code: "P-1", passage: "Préambule : le très haut débit par le réseau départemental" },
              note: null,
              completed: null,
            },
          ],
        },
        { id: "postes", label: "Postes", explanation: "Ordinateurs et TBI", cells: [] },
      ],
    },
  ],
  users: [{ label: "Gestionnaire", perimeter: "administratif" }],
  equipment_types: [{ label: "Postes fixes", own_funds_on_request: false }],
  rules: [{ id: "r", title: "Réinstallation", text: "Réinstaller un poste efface ses données.", source: "Annexe 5" }],
  missions: [
    {
      id: "m",
      title: "Fiche action",
      annexe: "Annexe 4",
      sections: [
        {
          title: "Missions",
          text: [{ point: "m/suivi", text: "Il suit les dossiers.", done_on: null }],
          points: [{ point: "m/annuaire", text: "Tenir l’annuaire à jour", done_on: null }],
          after: [],
        },
        { title: "Profil", text: [{ point: null, text: "À plein temps.", done_on: null }], points: [], after: [] },
      ],
    },
  ],
  charter: [{ title: "Mots de passe", items: ["Personnels.", "Jamais dans l’annuaire."] }],
  glossary: [{ acronym: "AAF", meaning: "Annuaire académique fédérateur", remark: null }],
};

test("each part says where the word stands", () => {
  const { hits, view } = searched(VIEW, "annuaire");
  expect(
    hits.matrice.map(({ id }) => id),
    "a service",
  ).toEqual(["annuaire"]);
  expect(hits.missions, "a task of a sheet, named with its sheet").toEqual([
    { id: "m Missions", title: "Fiche action, Missions", text: "Tenir l’annuaire à jour" },
  ]);
  expect(hits.charte[0]?.text, "the sentence that holds the word, not the first one").toBe("Jamais dans l’annuaire.");
  expect(
    hits.glossaire.map(({ id }) => id),
    "an acronym by its words",
  ).toEqual(["AAF"]);
  expect(hits.regles, "nothing where nothing answers").toEqual([]);
  expect(
    view.missions[0]?.sections.map(({ title }) => title),
    "the sheet is narrowed alike",
  ).toEqual(["Missions"]);
});

test("a line answers by the passage that one of its cells rests on", () => {
  const { hits, matches } = searched(VIEW, "haut débit");
  expect(hits.matrice, "the passage is shown").toEqual([
    {
      id: "annuaire",
      title: "Service d’annuaire (AAF)",
      text: "Préambule : le très haut débit par le réseau départemental",
    },
  ]);
  expect(VIEW.families[0]?.services.map(matches), "and the matrix keeps that line").toEqual([true, false]);
});

test("nothing typed keeps everything", () => {
  const { view } = searched(VIEW, " ");
  expect(view).toEqual(VIEW);
});
