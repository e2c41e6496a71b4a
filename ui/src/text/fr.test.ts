//! The reader's eye on fr.ts: each expectation is a line as it must be printed.
import { describe, expect, test } from "vitest";
import {
  age,
  agree,
  capital,
  clock,
  day,
  fileSize,
  fr,
  longDay,
  NBSP,
  NNBSP,
  number,
  plural,
  quote,
  relative,
  shortDay,
  typo,
} from "./fr";

const at = (text: string) => new Date(text).getTime();
const NOW = at("2026-11-23T10:30:00");

describe("typography", () => {
  test("ordinary spaces become the right ones, and none is invented", () => {
    expect(typo("Qui s'en occupe ?"), "apostrophe and space before ?").toBe(`Qui s’en occupe${NNBSP}?`);
    expect(typo("https://exemple.fr à 8:12"), "an address and a time have no space to turn").toBe(
      "https://exemple.fr à 8:12",
    );
    expect(typo("« prêt »"), "inside French quotation marks").toBe(`«${NNBSP}prêt${NNBSP}»`);
    expect(typo("1 234 postes, salle 12 204"), "thousands only, before a group of three").toBe(
      `1${NNBSP}234 postes, salle 12${NNBSP}204`,
    );
    expect(typo("Chercher..."), "three points are one sign").toBe("Chercher…");
  });

  test("the user's words are kept as typed inside a sentence", () => {
    expect(fr`Brouillon ${"l'imprimante : HS"} : ${1234} essais`, "only the literal parts are set").toBe(
      `Brouillon l'imprimante : HS${NNBSP}: 1${NNBSP}234 essais`,
    );
    expect(quote("imprimante cdi"), "quotation").toBe(`«${NNBSP}imprimante cdi${NNBSP}»`);
  });
});

describe("figures", () => {
  test("numbers are grouped by three and agree from 2", () => {
    expect(number(1234567.891, 1), "groups and decimal comma").toBe(`1${NNBSP}234${NNBSP}567,9`);
    expect(number(999), "no group below a thousand").toBe("999");
    expect(number(-1200), "a true minus sign").toBe(`\u22121${NNBSP}200`);
    expect(plural(0, "dossier"), "zero is singular in French").toBe(`0${NBSP}dossier`);
    expect(plural(1, "dossier"), "one").toBe(`1${NBSP}dossier`);
    expect(plural(2, "dossier"), "two").toBe(`2${NBSP}dossiers`);
    expect(agree(3, "est prêt", "sont prêts"), "irregular words are given").toBe("sont prêts");
  });

  test("file sizes are said in octets", () => {
    expect(fileSize(1_234_567), "megabytes").toBe(`1,2${NBSP}Mo`);
    expect(fileSize(48_300), "kilobytes").toBe(`48${NBSP}ko`);
    expect(fileSize(1), "one").toBe(`1${NBSP}octet`);
  });
});

describe("time", () => {
  test("days and hours as a secretary writes them", () => {
    expect(longDay(NOW, NOW), "this year is not repeated").toBe("lundi 23 novembre");
    expect(longDay("2027-09-14", NOW), "another year is").toBe("mardi 14 septembre 2027");
    expect(longDay("2026-12-01", NOW), "the first is ordinal").toBe("mardi 1er décembre");
    expect(shortDay("2027-09-14"), "a warranty").toBe("14/09/2027");
    expect(clock(at("2026-11-23T08:12:00")), "24 hours, no leading zero").toBe(`8${NBSP}h${NBSP}12`);
    expect(capital(longDay(NOW, NOW)), "at the head of a page").toBe("Lundi 23 novembre");
  });

  test("elapsed time counts calendar days, not slices of 24 hours", () => {
    expect(relative(NOW - 20_000, NOW), "just now").toBe("à l’instant");
    expect(relative(NOW - 5 * 60_000, NOW), "minutes").toBe(`il y a 5${NBSP}minutes`);
    expect(relative(at("2026-11-23T08:12:00"), NOW), "this morning").toBe(`ce matin à 8${NBSP}h${NBSP}12`);
    expect(relative(at("2026-11-22T23:50:00"), NOW), "less than 24 h ago and yet yesterday").toBe(
      `hier à 23${NBSP}h${NBSP}50`,
    );
    expect(relative("2026-11-20", NOW), "days").toBe(`il y a 3${NBSP}jours`);
    expect(relative("2026-09-01", NOW), "beyond a month the date is clearer").toBe("le 01/09/2026");
    expect(relative(NOW + 4 * 60_000 + 5_000, NOW), "the next try").toBe(`dans 4${NBSP}min`);
    expect(age("2026-10-20", NOW), "a column of ages").toBe(`34${NBSP}j`);
    expect(age("2026-11-24", NOW), "a clock set back never gives a negative age").toBe(`0${NBSP}j`);
  });
});

test("a day with its year, without its weekday", () => {
  expect(day("2015-06-05"), "the signature").toBe("5 juin 2015");
  expect(day("2015-09-01"), "the first of a month is « 1er »").toBe("1er septembre 2015");
});
