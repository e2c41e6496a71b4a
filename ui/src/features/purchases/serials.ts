//! Serial numbers typed or pasted one per line, as a delivery note or a scanner gives them.
//! Invariant: order is kept, blanks are dropped, a number given twice counts once and is told.

export interface Serials {
  serials: readonly string[];
  repeated: readonly string[];
}

export function readSerials(text: string): Serials {
  const serials: string[] = [];
  const repeated: string[] = [];
  const seen = new Set<string>();
  for (const typed of text.split(/[\n\t;]/)) {
    const serial = typed.trim();
    if (serial === "") continue;
    const key = serial.toLocaleUpperCase("fr-FR");
    if (seen.has(key)) repeated.push(serial);
    else serials.push(serial);
    seen.add(key);
  }
  return { serials, repeated };
}
