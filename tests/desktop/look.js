// What the desktop tests use inside the page: elements by role and accessible name, as axe-core computes them.
window.look = (() => {
  // Names are compared without regard to the kind of space or apostrophe.
  const plain = (text) => text.replace(/\s+/g, " ").replace(/’/g, "'").trim();

  const all = (role) => {
    axe.setup(document);
    try {
      return [...document.querySelectorAll("body *")]
        .filter((element) => element.getClientRects().length > 0)
        .filter((element) => axe.commons.aria.getRole(element) === role)
        .filter((element) => axe.commons.dom.isVisibleToScreenReaders(element))
        .map((element) => ({ element, name: plain(axe.commons.text.accessibleText(element)) }));
    } finally {
      axe.teardown();
    }
  };

  const find = (role, name) => {
    const wanted = plain(name);
    const named = all(role);
    const found = named.find((one) => one.name === wanted) ?? named.find((one) => one.name.includes(wanted));
    return found?.element ?? null;
  };

  const names = (role) => all(role).map((one) => one.name);

  const target = (element) => (element.matches("input[type=checkbox], input[type=radio]") ? (element.closest("label") ?? element) : element);

  const focused = (role, name) => {
    const wanted = find(role, name);
    return wanted !== null && document.activeElement === wanted;
  };

  const inField = () => document.activeElement.matches("input:not([type=radio], [type=checkbox]), textarea");

  // What loads without saying so still changes the page when it arrives: rest is no change for a moment, and the last
  // one drawn, since a change of colours begins its transition only then.
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  let changed = performance.now();
  let changes = 0;
  let drawn = 0;
  new MutationObserver(() => {
    changed = performance.now();
    changes += 1;
    const upTo = changes;
    const shown = () => {
      drawn = upTo;
    };
    requestAnimationFrame(() => requestAnimationFrame(shown));
  }).observe(document, everything);

  const loads = (status) => status.textContent.startsWith("Chargement");

  // React Aria waits half a second after the last key before it names the new active option, so as not to talk over it.
  const waits = (field) => document.getElementById(field.getAttribute("aria-activedescendant")) === null;

  const rests = () =>
    performance.now() - changed > 150 &&
    drawn === changes &&
    document.fonts.status === "loaded" &&
    ![...document.querySelectorAll("[role=status]")].some(loads) &&
    ![...document.querySelectorAll("[aria-activedescendant]")].some(waits) &&
    document.getAnimations().every((animation) => animation.playState !== "running");

  const audit = (done) => {
    const where = (node) => `${node.target.join(" ")} (${node.failureSummary})`;
    const say = (violation) => `${violation.id}: ${violation.help} → ${violation.nodes.map(where).join(" | ")}`;
    axe.run(document, { resultTypes: ["violations"] }).then(
      (result) => done(result.violations.map(say)),
      (cause) => done([`axe-core failed: ${cause}`]),
    );
  };

  // Words on screen that break French typography: a breaking space before high punctuation or inside quotation marks,
  // a straight apostrophe, three dots. What people typed or machines name (code, fields) is left alone.
  const ATTRIBUTES = ["aria-label", "placeholder", "title"];
  const typography = () => {
    const faulty = (text) => /[^\s] [:;?!»]|« |[\p{L}]'[\p{L}]|\.\.\./u.test(text);
    const said = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (!parentElement.closest("script, style, textarea, .mono, kbd")) said.push(data.trim());
    }
    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
      said.push(...ATTRIBUTES.map((name) => element.getAttribute(name) ?? ""));
    }
    return said.filter(faulty);
  };

  return { plain, find, names, target, focused, inField, rests, audit, typography };
})();
