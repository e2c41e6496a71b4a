//! Finding an answer in a long list by typing: accents, case and the order of the words do not matter.
import type { Choice } from "../../wire/types";

export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[’']/g, "'").toLocaleLowerCase("fr-FR");
}

/** The choices that hold every word typed, in their order. */
export function found(choices: readonly Choice[], typed: string): readonly Choice[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return choices;
  return choices.filter(({ label, hint, group }) => {
    const text = fold([label, hint, group].join(" "));
    return words.every((word) => text.includes(word));
  });
}
