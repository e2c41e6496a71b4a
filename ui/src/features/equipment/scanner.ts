//! A hand scanner is a keyboard that types a whole code within a few milliseconds a key and ends with Enter.
//!
//! Told apart by the time between keys alone: nobody types three keys and Enter at that pace. Outside a field, a plain
//! key therefore waits for the time of one scanned key: the « N » that begins a serial number must not open « Signaler »,
//! nor a figure answer a question. What turns out to be typed by hand is given back in its order, once.
//! Left out on purpose: which machine carries the code, and keyboards set to another layout; the application knows both.

/** Milliseconds: a scanner leaves less between two keys, a hand more. */
export const PACE_MS = 50;
/** A shorter code could be two keys that fell together under one hand. */
const SHORTEST = 3;

/** What to do with a key: keep it aside, open a code, or let it pass after those kept aside before it. */
export type Verdict = { act: "hold" } | { act: "pass" } | { act: "scan"; code: string };

export interface Press {
  key: string;
  /** `event.timeStamp`, in milliseconds. */
  at: number;
}

/** Follows keys one by one. It keeps no clock: time comes with the keys. */
export class ScanReader {
  private code = "";
  private last = Number.NEGATIVE_INFINITY;

  press({ key, at }: Press): Verdict {
    // Capitals and signs of a code come with Shift, which is a key of its own.
    if (key === "Shift") return { act: "pass" };
    const isFollowing = at - this.last <= PACE_MS;
    this.last = at;
    if (key.length === 1) {
      this.code = isFollowing ? this.code + key : key;
      return { act: "hold" };
    }
    const code = isFollowing ? this.code : "";
    this.forget();
    return key === "Enter" && code.length >= SHORTEST ? { act: "scan", code } : { act: "pass" };
  }

  forget(): void {
    this.code = "";
    this.last = Number.NEGATIVE_INFINITY;
  }
}
