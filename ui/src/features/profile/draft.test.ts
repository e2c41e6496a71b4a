//! Writing a profile, as a correspondant does on the first day.
import { expect, test } from "vitest";
import { type Draft, EMPTY, emptyFields, finished, STEP_FIELDS, stepOf } from "./draft";

const CLAIRE: Draft = { ...EMPTY, college: "Collège Desaix", role: "correspondant", first_name: "Claire" };

test("a step asks for what is empty and only for that", () => {
  expect(Object.keys(emptyFields(EMPTY, STEP_FIELDS[0])), "the collège is asked first").toEqual(["college"]);
  expect(Object.keys(emptyFields(CLAIRE, STEP_FIELDS[1])), "her name is still missing").toEqual(["last_name"]);
  expect(
    Object.keys(emptyFields({ ...CLAIRE, last_name: "  " }, STEP_FIELDS[1])),
    "spaces alone are not a name",
  ).toEqual(["last_name"]);
});

test("the address is asked only when Relais sends by itself", () => {
  expect(emptyFields({ ...CLAIRE, platform: "manuel" }, STEP_FIELDS[2]), "by hand there is no address").toEqual({});
  expect(
    Object.keys(emptyFields({ ...CLAIRE, platform: "remedy" }, STEP_FIELDS[2])),
    "to send, an address is needed",
  ).toEqual(["platform_url"]);
});

test("a refusal of the application leads back to the step that shows its field", () => {
  expect(stepOf("college"), "first step").toBe(0);
  expect(stepOf("email"), "second step").toBe(1);
  expect(stepOf("platform_url"), "third step").toBe(2);
  expect(stepOf("passphrase"), "the passphrase comes last").toBe(3);
});

test("a profile is finished once both choices are made", () => {
  expect(finished(CLAIRE), "no platform chosen yet").toBeNull();
  expect(finished({ ...CLAIRE, platform: "manuel" })?.platform, "both are chosen").toBe("manuel");
});
