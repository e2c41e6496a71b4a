//! Names of services, as the annexe writes them.
import { expect, test } from "vitest";
import { splitLabel } from "./label";

test("what stands in the final parentheses goes under the name", () => {
  expect(splitLabel("Infrastructure réseau (câblage, actifs réseaux)", null)).toEqual({
    name: "Infrastructure réseau",
    rest: "câblage, actifs réseaux",
  });
  expect(splitLabel("Gestion des élèves", "SIECLE"), "no parentheses: the explanation alone").toEqual({
    name: "Gestion des élèves",
    rest: "SIECLE",
  });
  expect(
    splitLabel("Messagerie (interne, forums) (pédagogique)", "MAGRET").rest,
    "two of them, and an explanation",
  ).toBe("interne, forums, pédagogique — MAGRET");
});

test("parentheses in the middle stay in the name", () => {
  const label = "Gestion financière (SI paie inclus) de l’EPLE";
  expect(splitLabel(label, null), "cutting there would lose the end").toEqual({ name: label, rest: "" });
});
