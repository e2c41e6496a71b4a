//! Comparing what is typed with what is written: case, accents and the shape of apostrophes are ignored.
//! Left out on purpose: ranking and prefixes of words, which the store's search does. This filters what is on screen.

export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[’‘`]/g, "'")
    .replace(/œ/giu, "oe")
    .replace(/[\s\u00a0\u202f]+/g, " ")
    .toLowerCase();
}

/** A test for one text: it holds every word of what was typed. Nothing typed accepts everything. */
export function matcher(typed: string): (...texts: (string | null)[]) => boolean {
  const words = fold(typed).trim().split(" ").filter(Boolean);
  return (...texts) => {
    const folded = texts.map((text) => fold(text ?? "")).join(" ");
    return words.every((word) => folded.includes(word));
  };
}
