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
    const taken: PurchaseState[] = ["projet"];
    for (let [next] = ahead(taken); next !== undefined; [next] = ahead(taken)) taken.push(next);
    expect(taken).toEqual([
      "projet",
      "validation-demandee",
      "validee",
      "commandee",
      "recue",
      "enregistree",
      "maintenue",
    ]);
  });
  test("an order that did not wait still has the validation ahead, and not the order", () => {
    expect(ahead(["projet", "commandee"])).toEqual([
      "validation-demandee",
      "validee",
      "recue",
      "enregistree",
      "maintenue",
    ]);
  });
  test("a refusal can be asked for again", () => {
    expect(ahead(["projet", "validation-demandee", "refusee"]).slice(0, 2), "both stations are ahead again").toEqual([
      "validation-demandee",
      "validee",
    ]);
  });
  test("giving up ends the path, taking it up again starts it over", () => {
    expect(ahead(["projet", "validation-demandee", "abandonnee"])).toEqual([]);
    expect(ahead(["projet", "validation-demandee", "abandonnee", "projet"])[0]).toBe("validation-demandee");
  });
  test("every state has its name", () => {
    for (const state of ahead(["projet"])) expect(STATIONS[state], state).not.toBe("");
  });
});
