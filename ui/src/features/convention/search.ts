//! What of the convention answers the words typed: part by part, and as a list of passages.
//! Invariant: a passage listed is one that the part still shows under the same words.
import { matcher } from "../../text/fold";
import { excerpt } from "../../text/marks";
import type { ConventionView, MissionSection, Section, Service } from "../../wire/types";

export type Part = "matrice" | "utilisateurs" | "equipements" | "regles" | "missions" | "charte" | "glossaire";

/** A passage that answers. */
export interface Hit {
  id: string;
  title: string;
  text: string | null;
}

export interface Found {
  matches: (service: Service) => boolean;
  view: ConventionView;
  hits: Record<Part, readonly Hit[]>;
}

type Holds = ReturnType<typeof matcher>;

/** Everything that a task sheet's section says. */
export function wordsOf({ title, text, points, after }: MissionSection): string[] {
  return [title, ...[...text, ...points, ...after].map((line) => line.text)];
}

export function searched(view: ConventionView, typed: string): Found {
  const holds = matcher(typed);
  const matches = (service: Service) => answering(service, holds) !== undefined;
  const kept = (sections: readonly Section[]) => sections.filter(({ title, items }) => holds(title, ...items));
  const narrowed: ConventionView = {
    ...view,
    users: view.users.filter(({ label }) => holds(label)),
    equipment_types: view.equipment_types.filter(({ label }) => holds(label)),
    rules: view.rules.filter(({ title, text, source }) => holds(title, text, source)),
    missions: view.missions
      .map((mission) => ({
        ...mission,
        sections: holds(mission.title)
          ? mission.sections
          : mission.sections.filter((section) => holds(...wordsOf(section))),
      }))
      .filter(({ sections }) => sections.length > 0),
    charter: kept(view.charter),
    glossary: view.glossary.filter(({ acronym, meaning, remark }) => holds(acronym, meaning, remark)),
  };
  const cut = (texts: readonly string[]) => {
    const first = texts.find((text) => holds(text)) ?? texts.find((text) => sharesAWord(text, typed)) ?? texts[0];
    return first === undefined ? null : excerpt(first, typed);
  };
  return {
    matches,
    view: narrowed,
    hits: {
      matrice: view.families.flatMap(({ services }) =>
        services.flatMap((service) => {
          const text = answering(service, holds);
          return text === undefined
            ? []
            : [{ id: service.id, title: service.label, text: text && excerpt(text, typed) }];
        }),
      ),
      utilisateurs: narrowed.users.map(({ label }) => ({ id: label, title: label, text: null })),
      equipements: narrowed.equipment_types.map(({ label }) => ({ id: label, title: label, text: null })),
      regles: narrowed.rules.map(({ id, title, text, source }) => ({ id, title, text: cut([text, source]) })),
      missions: narrowed.missions.flatMap((mission) =>
        mission.sections.map((section) => ({
          id: `${mission.id} ${section.title}`,
          title: `${mission.title}, ${section.title}`,
          text: cut(wordsOf(section).slice(1)),
        })),
      ),
      charte: narrowed.charter.map(({ title, items }) => ({ id: title, title, text: cut(items) })),
      glossaire: narrowed.glossary.map(({ acronym, meaning, remark }) => ({
        id: acronym,
        title: acronym,
        text: remark ? `${meaning}, ${remark}` : meaning,
      })),
    },
  };
}

function sharesAWord(text: string, typed: string): boolean {
  return typed.split(/\s+/).some((word) => word !== "" && matcher(word)(text));
}

/** The text of a line that answers: its own words, or the passage or note of one of its cells. */
function answering({ label, explanation, cells }: Service, holds: Holds): string | null | undefined {
  if (holds(label, explanation)) return explanation;
  const quoted = cells.flatMap(({ source, note }) => [source?.passage, note]);
  return quoted.find((text) => text != null && holds(text)) ?? undefined;
}
