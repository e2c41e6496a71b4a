//! What of the convention answers the words typed, part by part.
import { matcher } from "../../text/fold";
import type { ConventionView, Section, Service } from "../../wire/types";

export type Part = "matrice" | "utilisateurs" | "equipements" | "regles" | "missions" | "charte" | "glossaire";

export interface Found {
  matches: (service: Service) => boolean;
  view: ConventionView;
  counts: Record<Part, number>;
}

export function searched(view: ConventionView, typed: string): Found {
  const holds = matcher(typed);
  const matches = ({ label, explanation }: Service) => holds(label, explanation);
  const kept = (sections: readonly Section[]) => sections.filter(({ title, items }) => holds(title, ...items));
  const narrowed: ConventionView = {
    ...view,
    users: view.users.filter(({ label }) => holds(label)),
    equipment_types: view.equipment_types.filter(({ label }) => holds(label)),
    rules: view.rules.filter(({ title, text, source }) => holds(title, text, source)),
    missions: view.missions
      .map((mission) => ({ ...mission, sections: holds(mission.title) ? mission.sections : kept(mission.sections) }))
      .filter(({ sections }) => sections.length > 0),
    charter: kept(view.charter),
    glossary: view.glossary.filter(({ acronym, meaning, remark }) => holds(acronym, meaning, remark)),
  };
  return {
    matches,
    view: narrowed,
    counts: {
      matrice: view.families.flatMap(({ services }) => services).filter(matches).length,
      utilisateurs: narrowed.users.length,
      equipements: narrowed.equipment_types.length,
      regles: narrowed.rules.length,
      missions: narrowed.missions.length,
      charte: narrowed.charter.length,
      glossaire: narrowed.glossary.length,
    },
  };
}
