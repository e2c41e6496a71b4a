//! A day as it is written in French, and as the application keeps it.

/** « 14/09/2027 », « 14.9.2027 » or « 2027-09-14 » → « 2027-09-14 »; null when no such day exists. */
export function readDay(text: string): string | null {
  const french = /^\s*(\d{1,2})[./\s-](\d{1,2})[./\s-](\d{4})\s*$/.exec(text);
  const iso = /^\s*(\d{4})-(\d{2})-(\d{2})\s*$/.exec(text);
  const [day, month, year] = french ? french.slice(1) : iso ? iso.slice(1).reverse() : [];
  if (day === undefined || month === undefined || year === undefined) return null;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const real = date.getUTCDate() === Number(day) && date.getUTCMonth() === Number(month) - 1;
  return real ? date.toISOString().slice(0, 10) : null;
}
