//! The table of errors as the user meets it.
import { expect, test } from "vitest";
import { fieldError, SEVERITY } from "./table";

test("being offline is the weather, not an error", () => {
  expect(SEVERITY["hors-ligne"], "no message when offline").toBe("none");
  expect(SEVERITY["connexion-demandee"], "no message when a login is asked").toBe("none");
});

test("an error is shown at the field it speaks of, and only there", () => {
  const error = {
    code: "demande-incorrecte",
    message: "Numéro à 15 caractères.",
    retryable: false,
    field: "number",
  } as const;
  expect(fieldError(error, "number"), "its field").toBe("Numéro à 15 caractères.");
  expect(fieldError(error, "title"), "another field").toBeUndefined();
  expect(fieldError(null, "title"), "no error").toBeUndefined();
});
