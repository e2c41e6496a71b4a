//! Reads a day and a price as people type them in French, and writes them back.
//! Invariant: `undefined` means « this is not one », never a guess; an empty text is `null`, not known.

/** « 14/9/2027 », « 14.09.27 », « 2027-09-14 » → « 2027-09-14 ». A year of two figures is of this century. */
export function readDay(text: string): string | null | undefined {
  const typed = text.trim();
  if (typed === "") return null;
  const french = /^(\d{1,2})[/.\s-](\d{1,2})[/.\s-](\d{4}|\d{2})$/.exec(typed);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed);
  const [day, month, year] = french
    ? [french[1], french[2], french[3]?.length === 2 ? `20${french[3]}` : french[3]]
    : iso
      ? [iso[3], iso[2], iso[1]]
      : [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // 31/02 would become a day of March, and the 13th month one of January.
  if (Number.isNaN(date.getTime())) return undefined;
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return undefined;
  return date.toISOString().slice(0, 10);
}

/** « 1 234,50 € » → 123450 cents. */
export function readPrice(text: string): number | null | undefined {
  const typed = text.replace(/[\s\u00a0\u202f€]/g, "");
  if (typed === "") return null;
  const price = /^(\d{1,9})(?:[,.](\d{1,2}))?$/.exec(typed);
  return price ? Number(price[1]) * 100 + Number((price[2] ?? "").padEnd(2, "0")) : undefined;
}

/** 123450 cents → « 1234,50 », as one would type it again. */
export function typedPrice(cents: number | null): string {
  return cents === null ? "" : `${Math.trunc(cents / 100)},${String(cents % 100).padStart(2, "0")}`;
}
