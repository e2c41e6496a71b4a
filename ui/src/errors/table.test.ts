//! The table of errors as the user meets it.
import { expect, test } from "vitest";
import { typo } from "../text/fr";
import { ERRORS, explain, fieldError } from "./table";

test("every wording is French ready to print", () => {
  for (const [code, { title }] of Object.entries(ERRORS)) {
    if (title === null) continue;
    expect(title, `${code}: spaces and apostrophes are already right`).toBe(typo(title));
    expect(title, `${code}: a whole sentence`).toMatch(/^\p{Lu}.*\.$/u);
  }
});

test("being offline is the weather, not an error", () => {
  expect(ERRORS["hors-ligne"].severity, "no message when offline").toBe("none");
  expect(ERRORS["connexion-demandee"].severity, "no message when a login is asked").toBe("none");
});

test("the explanation keeps what the error knows and does not repeat itself", () => {
  const full = { code: "disque-plein", message: "Libérez 20 Mo.", retryable: true, field: null } as const;
  expect(explain(full), "title, then the cause").toMatch(/enregistré\. Libérez 20 Mo\.$/);
  const same = { code: "introuvable", message: "Cet élément n’existe plus.", retryable: false, field: null } as const;
  expect(explain(same), "the same words are said once").toBe("Cet élément n’existe plus.");
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
