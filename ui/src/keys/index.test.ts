//! What a pressed key is called, whatever the keyboard's layout produced it.
import { expect, test } from "vitest";
import { keyName } from "./index";

const pressed = (key: string, modifiers = {}) =>
  keyName({ key, ctrlKey: false, metaKey: false, altKey: false, ...modifiers });

test("keys are named by what they print", () => {
  expect(pressed("N"), "capitals lock does not change the key").toBe("n");
  expect(pressed("?"), "shifted on a French keyboard, and still ?").toBe("?");
  expect(pressed("k", { ctrlKey: true }), "Ctrl").toBe("ctrl+k");
  expect(pressed("k", { metaKey: true }), "Command on a Mac is Ctrl").toBe("ctrl+k");
  expect(pressed("Enter"), "named keys keep their name").toBe("Enter");
  expect(pressed("n", { altKey: true }), "Alt belongs to the system's menus").toBe("");
});
