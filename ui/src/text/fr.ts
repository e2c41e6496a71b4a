//! French as it is printed: typography and formats for every word and figure on screen.
//!
//! Invariant: the typographer never inserts a space that the author did not write; it turns an ordinary one into the
//! right one, so an address or a time such as « 8:12 » stays as it is. Values put into a sentence are left untouched:
//! they are the user's words.
//! Left out on purpose: translation, and any reading of the clock (« now » is always a parameter).

/** Narrow no-break space (U+202F), before : ; ? ! and inside « ». */
export const NNBSP = "\u202f";
/** No-break space (U+00A0), between a figure and its unit. */
export const NBSP = "\u00a0";

const DAY_MS = 86_400_000;

/** Right spaces, apostrophes and quotation marks for a sentence written with ordinary ones. */
export function typo(text: string): string {
  return text
    .replace(/(?<=\p{L})'(?=\p{L}|«|$)/gu, "’")
    .replace(/ (?=[:;?!»])/g, NNBSP)
    .replace(/« /g, `«${NNBSP}`)
    .replace(/(?<=\d) (?=\d{3}(?!\d))/g, NNBSP)
    .replace(/\.\.\./g, "…");
}

/** A sentence with values: fr`Dossier ${reference} : ${n} envois`. Numbers are grouped, strings are left as they are. */
export function fr(parts: TemplateStringsArray, ...values: (string | number)[]): string {
  return parts.reduce((sentence, part, index) => {
    const value = values[index];
    const shown = value === undefined ? "" : typeof value === "number" ? number(value) : value;
    return sentence + typo(part) + shown;
  }, "");
}

/** « the user's own words » between French quotation marks. */
export function quote(text: string): string {
  return `«${NNBSP}${text}${NNBSP}»`;
}

/** 1 234 and 1,5. */
export function number(value: number, decimals = 0): string {
  const [whole = "0", fraction] = Math.abs(value).toFixed(decimals).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, NNBSP);
  const sign = value < 0 ? "\u2212" : "";
  return `${sign}${grouped}${fraction ? `,${fraction}` : ""}`;
}

/** The word alone, agreed with the number: French has a plural from 2 only. */
export function agree(count: number, one: string, many = `${one}s`): string {
  return Math.abs(count) < 2 ? one : many;
}

/** « 3 dossiers », « 1 envoi », « 0 équipement ». */
export function plural(count: number, one: string, many?: string): string {
  return `${number(count)}${NBSP}${agree(count, one, many)}`;
}

/** 1 234 567 bytes → « 1,2 Mo ». */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${number(bytes)}${NBSP}${agree(bytes, "octet")}`;
  if (bytes < 1_000_000) return `${number(Math.round(bytes / 1000))}${NBSP}ko`;
  return `${number(bytes / 1_000_000, 1)}${NBSP}Mo`;
}

/** A moment (milliseconds) or a calendar day (« 2027-09-14 », read as a day here, never shifted by the time zone). */
export type When = number | string;

function toDate(when: When): Date {
  if (typeof when === "number") return new Date(when);
  const [year = 1970, month = 1, day = 1] = when.slice(0, 10).split("-").map(Number);
  return when.length <= 10 ? new Date(year, month - 1, day) : new Date(when);
}

function format(options: Intl.DateTimeFormatOptions, date: Date): string {
  return new Intl.DateTimeFormat("fr-FR", options).format(date);
}

/** « lundi 23 novembre », with the year when it is not this one. */
export function longDay(when: When, now: number): string {
  const date = toDate(when);
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  const text = format(
    { weekday: "long", day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) },
    date,
  );
  return date.getDate() === 1 ? text.replace(/(?<=\p{L} )1(?= )/u, "1er") : text;
}

/** « 5 juin 2015 », « 1er septembre 2015 ». */
export function day(when: When): string {
  return format({ day: "numeric", month: "long", year: "numeric" }, toDate(when)).replace(/^1 /, "1er ");
}

/** « 14/09/2027 », by hand: a formatter takes longer to make than a table has time to be drawn. */
export function shortDay(when: When): string {
  const date = toDate(when);
  const two = (figure: number) => String(figure).padStart(2, "0");
  return `${two(date.getDate())}/${two(date.getMonth() + 1)}/${date.getFullYear()}`;
}

/** « 8 h 12 », on 24 hours. */
export function clock(when: When): string {
  const date = toDate(when);
  return `${date.getHours()}${NBSP}h${NBSP}${String(date.getMinutes()).padStart(2, "0")}`;
}

/** « lundi 23 novembre à 8 h 12 ». */
export function longMoment(when: When, now: number): string {
  return `${longDay(when, now)} à ${clock(when)}`;
}

/** Whole calendar days from `when` to `now`: 0 today, 1 yesterday, -1 tomorrow. */
export function daysBetween(when: When, now: number): number {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  return Math.round((midnight(new Date(now)) - midnight(toDate(when))) / DAY_MS);
}

/** « 34 j », for a narrow column. */
export function age(when: When, now: number): string {
  return `${number(Math.max(0, daysBetween(when, now)))}${NBSP}j`;
}

/** « à l’instant », « il y a 5 minutes », « ce matin à 8 h 12 », « hier à 17 h 40 », « il y a 3 jours », « dans 4 min ». */
export function relative(when: When, now: number): string {
  const moment = toDate(when).getTime();
  const elapsed = now - moment;
  const minutes = Math.floor(Math.abs(elapsed) / 60_000);
  if (elapsed < -59_999) return ahead(when, minutes, now);
  if (minutes < 1) return "à l’instant";
  if (minutes < 60) return `il y a ${plural(minutes, "minute")}`;
  const days = daysBetween(when, now);
  if (days === 0) return `${partOfDay(toDate(when))} à ${clock(when)}`;
  if (days === 1) return `hier à ${clock(when)}`;
  if (days < 31) return `il y a ${plural(days, "jour")}`;
  return `le ${shortDay(when)}`;
}

function ahead(when: When, minutes: number, now: number): string {
  if (minutes < 60) return `dans ${number(minutes)}${NBSP}min`;
  const days = -daysBetween(when, now);
  if (days === 0) return `aujourd’hui à ${clock(when)}`;
  if (days === 1) return `demain à ${clock(when)}`;
  if (days < 31) return `dans ${plural(days, "jour")}`;
  return `le ${shortDay(when)}`;
}

function partOfDay(date: Date): string {
  if (date.getHours() < 12) return "ce matin";
  return date.getHours() < 18 ? "cet après-midi" : "ce soir";
}

/** First letter in capitals, for a date that opens a sentence. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase("fr-FR") + text.slice(1);
}
