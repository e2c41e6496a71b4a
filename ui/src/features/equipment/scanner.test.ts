//! Keys with the times at which they came: which of them a scanner typed.
import { expect, test } from "vitest";
import { PACE_MS, ScanReader, type Verdict } from "./scanner";

/** Types keys at these moments and gives the verdict of the last one. */
function typed(keys: readonly string[], at: (index: number) => number): Verdict {
  const reader = new ScanReader();
  let verdict: Verdict = { act: "pass" };
  for (const [index, key] of keys.entries()) verdict = reader.press({ key, at: at(index) });
  return verdict;
}

const scanned = (code: string) => [...code, "Enter"];

test("a whole code at the pace of a scanner, ended by Enter, is a scan", () => {
  expect(typed(scanned("5CD2147GQ1"), (index) => 1000 + index * 4)).toEqual({ act: "scan", code: "5CD2147GQ1" });
  expect(
    typed(scanned("REL-01J"), (index) => 1000 + index * PACE_MS),
    "a slow wireless scanner is one too",
  ).toEqual({ act: "scan", code: "REL-01J" });
});

test("the same code at the pace of a hand is none", () => {
  expect(typed(scanned("5CD2147GQ1"), (index) => 1000 + index * 90)).toEqual({ act: "pass" });
});

test("a quick code whose Enter comes from a hand is none", () => {
  const keys = scanned("5CD2147GQ1");
  expect(typed(keys, (index) => 1000 + index * 4 + (index === keys.length - 1 ? 400 : 0))).toEqual({ act: "pass" });
});

test("what was typed by hand before a scan is not part of its code", () => {
  const keys = ["n", ...scanned("VNC3R04512")];
  expect(typed(keys, (index) => (index === 0 ? 0 : 500 + index * 5))).toEqual({ act: "scan", code: "VNC3R04512" });
});

test("Shift comes between the letters of a scanner and belongs to none", () => {
  const keys = ["Shift", "C", "Shift", "D", "-", "1", "Enter"];
  expect(typed(keys, (index) => 1000 + index * 3)).toEqual({ act: "scan", code: "CD-1" });
});

test("two keys that fell together and Enter are not a code", () => {
  expect(typed(["1", "2", "Enter"], (index) => 1000 + index * 10)).toEqual({ act: "pass" });
});

test("one scan after another gives two codes, and nothing of the first is left", () => {
  const reader = new ScanReader();
  const codes: string[] = [];
  [...scanned("AAA111"), ...scanned("BBB222")].forEach((key, index) => {
    const verdict = reader.press({ key, at: 1000 + index * 4 });
    if (verdict.act === "scan") codes.push(verdict.code);
  });
  expect(codes).toEqual(["AAA111", "BBB222"]);
});

test("an arrow or Escape ends what was begun", () => {
  expect(typed(["A", "B", "C", "Escape", "Enter"], (index) => 1000 + index * 4)).toEqual({ act: "pass" });
});
