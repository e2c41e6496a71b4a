//! Where the words typed stand in a text, so that they can be marked: the same comparison as the filter's (fold.ts).
//! Invariant: the pieces put end to end are the text itself, accents and capitals as written.
import { fold } from "./fold";

export interface MarkedPiece {
  text: string;
  hit: boolean;
}

interface Span {
  from: number;
  to: number;
}

export function marks(text: string, typed: string): MarkedPiece[] {
  const pieces: MarkedPiece[] = [];
  let at = 0;
  for (const { from, to } of spans(text, typed)) {
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false });
    pieces.push({ text: text.slice(from, to), hit: true });
    at = to;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), hit: false });
  return pieces;
}

/** About `length` characters around the first word found, cut between words. */
export function excerpt(text: string, typed: string, length = 160): string {
  const [first] = spans(text, typed);
  if (text.length <= length) return text;
  const start = first && first.from > length / 2 ? text.lastIndexOf(" ", first.from - length / 3) + 1 : 0;
  const end = text.length - start <= length ? text.length : Math.max(text.lastIndexOf(" ", start + length), start + 1);
  return `${start > 0 ? "… " : ""}${text.slice(start, end)}${end < text.length ? " …" : ""}`;
}

/** In order, never one inside another. */
function spans(text: string, typed: string): Span[] {
  const words = fold(typed).trim().split(" ").filter(Boolean);
  if (words.length === 0) return [];
  // A sign may fold to none (an accent of its own) or to several (œ): each folded one keeps the place it came from.
  let folded = "";
  const places: number[] = [];
  let place = 0;
  for (const sign of text) {
    const plain = fold(sign);
    folded += plain;
    for (let each = 0; each < plain.length; each += 1) places.push(place);
    place += sign.length;
  }
  const found: Span[] = [];
  for (const word of words) {
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) {
      const from = places[at] ?? 0;
      let to = places[at + word.length] ?? text.length;
      // The last sign found may have been only half of what one letter folds to, as in œ: the whole of it is marked.
      if (to <= from || places[at + word.length - 1] === to) to = next(text, places[at + word.length - 1] ?? from);
      found.push({ from, to });
    }
  }
  found.sort((one, other) => one.from - other.from);
  return found.reduce<Span[]>((merged, span) => {
    const last = merged.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else merged.push({ ...span });
    return merged;
  }, []);
}

function next(text: string, at: number): number {
  return at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
}
