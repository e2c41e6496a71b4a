import { describe, expect, test } from "vitest";
import type { PurchaseState } from "../../wire/types";
import { readSerials } from "./serials";
import { ahead, STATIONS } from "./words";

describe("serial numbers of a delivery", () => {
  test("one per line, blanks dropped, order kept", () => {
    expect(readSerials(" S2 \n\nS1\r\nS3\n").serials).toEqual(["S2", "S1", "S3"]);
  });
  test("a column pasted from a spreadsheet", () => {
    expect(readSerials("S1\tS2;S3").serials).toEqual(["S1", "S2", "S3"]);
  });
  test("a number given twice counts once and is told", () => {
    expect(readSerials("5cd21\n5CD21\nS1")).toEqual({ serials: ["5cd21", "S1"], repeated: ["5CD21"] });
  });
  test("a space inside belongs to the number", () => {
    expect(readSerials("AB 12").serials).toEqual(["AB 12"]);
  });
  test("nothing typed is no number", () => {
    expect(readSerials(" \n ")).toEqual({ serials: [], repeated: [] });
  });
});

describe("the path", () => {
  test("shortens by one at each station until nothing is left", () => {
    const walked: PurchaseState[] = ["projet"];
    for (let next = ahead("projet"); next.length > 0; next = ahead(walked.at(-1) ?? "maintenue")) {
      const [first] = next;
      if (first) walked.push(first);
    }
    expect(walked).toEqual([
      "projet",
      "validation-demandee",
      "validee",
      "commandee",
      "recue",
      "enregistree",
      "maintenue",
    ]);
  });
  test("a refusal can be asked for again; giving up ends the path", () => {
    expect(ahead("refusee")[0]).toBe("validation-demandee");
    expect(ahead("abandonnee")).toEqual([]);
  });
  test("what is ahead of a state is never the state itself", () => {
    for (const state of Object.keys(STATIONS) as PurchaseState[]) expect(ahead(state), state).not.toContain(state);
  });
});
