//! The acronyms of a text, found by the glossary of the convention in force.
//! Invariant: the pieces put end to end are the text itself; an acronym is one only as the glossary writes it, capitals
//! included, and never inside another word.
import type { Term } from "../../wire/types";

export interface Piece {
  text: string;
  /** Set at the first time the acronym stands in the text: once explained, it is known. */
  term: Term | null;
}

interface Lexicon {
  pattern: RegExp | null;
  terms: ReadonlyMap<string, Term>;
}

// One glossary serves hundreds of texts: its pattern is made once.
const known = new WeakMap<readonly Term[], Lexicon>();

function lexiconOf(terms: readonly Term[]): Lexicon {
  const kept = known.get(terms);
  if (kept) return kept;
  // The longest first, so that an acronym that begins another one does not hide it.
  const words = terms.map(({ acronym }) => acronym.trim()).filter(Boolean);
  const choices = [...new Set(words)].sort((one, other) => other.length - one.length).map(literal);
  const made: Lexicon = {
    pattern:
      choices.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${choices.join("|")})(?![\\p{L}\\p{N}])`, "gu"),
    terms: new Map(terms.map((term) => [term.acronym.trim(), term])),
  };
  known.set(terms, made);
  return made;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

export function splitTerms(text: string, terms: readonly Term[]): Piece[] {
  const { pattern, terms: byAcronym } = lexiconOf(terms);
  if (pattern === null) return [{ text, term: null }];
  const pieces: Piece[] = [];
  const explained = new Set<string>();
  let from = 0;
  for (const { 0: acronym, index } of text.matchAll(pattern)) {
    if (explained.has(acronym)) continue;
    explained.add(acronym);
    if (index > from) pieces.push({ text: text.slice(from, index), term: null });
    pieces.push({ text: acronym, term: byAcronym.get(acronym) ?? null });
    from = index + acronym.length;
  }
  if (from < text.length || pieces.length === 0) pieces.push({ text: text.slice(from), term: null });
  return pieces;
}

/** What is said of an acronym: its words, and the glossary's remark. */
export function meaningOf({ meaning, remark }: Term): string {
  return remark ? `${meaning} (${remark})` : meaning;
}
