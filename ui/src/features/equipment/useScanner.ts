//! A code scanned anywhere outside a field, or in the palette (Ctrl K), opens the record of the machine that carries it.
//! Invariant: a key typed by hand reaches the page as it would have, a moment later and in its order; a field, a dialog
//! or a list that answers to letters keeps all of its keys.
import { useEffect, useRef } from "react";
import { useLocation } from "wouter";
import { say } from "../../components/Toast";
import { explain } from "../../errors/table";
import { call } from "../../host";
import { isTyping } from "../../keys";
import { fr, quote } from "../../text/fr";
import type { WireError } from "../../wire/types";
import { pathTo } from "../frame/places";
import { PACE_MS, ScanReader } from "./scanner";

/** Put on the one field that takes a scan for the whole window. */
export const SCANNED_FIELD = { "data-scanned": "" } as const;

/** `onFound`: what stood above the page (the palette) goes away. */
export function useScanner(onFound: () => void): void {
  const [, go] = useLocation();
  const open = async (mark: string) => {
    try {
      const { equipment_id } = await call("equipment_by_mark", { mark });
      if (equipment_id === null) return say({ text: fr`Rien au registre ne porte ${quote(mark)}.`, tone: "care" });
      onFound();
      go(pathTo.equipment(equipment_id));
    } catch (cause) {
      say({ text: explain(cause as WireError), tone: "bad" });
    }
  };
  const latest = useRef(open);
  latest.current = open;
  useEffect(() => listen((mark) => void latest.current(mark)), []);
}

/** Listens before anything else in the page, and gives back what no scanner typed. */
function listen(onScan: (code: string) => void): () => void {
  const reader = new ScanReader();
  let held: { event: KeyboardEvent; target: EventTarget }[] = [];
  let timer: number | undefined;

  const giveBack = () => {
    window.clearTimeout(timer);
    const waiting = held;
    held = [];
    for (const { event, target } of waiting) target.dispatchEvent(new KeyboardEvent(event.type, event));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // What is given back, and what a list makes of the keys of its field, was pressed by nobody.
    if (!event.isTrusted || event.isComposing) return;
    const inPalette = event.target instanceof Element && event.target.closest("[data-scanned]") !== null;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isPlain || (!inPalette && isTyping(event))) {
      giveBack();
      return reader.forget();
    }
    // Space presses buttons and ticks rows: no code begins with it, and it is never kept waiting.
    const isAct = event.key === " " && held.length === 0 && !inPalette;
    const verdict = isAct ? pass(reader) : reader.press({ key: event.key, at: event.timeStamp });
    if (verdict.act === "scan") {
      held = [];
      window.clearTimeout(timer);
      keep(event);
      onScan(verdict.code);
    } else if (verdict.act === "hold" && !inPalette && event.target !== null && !event.repeat) {
      keep(event);
      held.push({ event, target: event.target });
      window.clearTimeout(timer);
      timer = window.setTimeout(giveBack, PACE_MS);
    } else if (event.key !== "Shift") {
      giveBack();
    }
  };
  window.addEventListener("keydown", onKeyDown, true);
  return () => {
    window.removeEventListener("keydown", onKeyDown, true);
    window.clearTimeout(timer);
  };
}

function keep(event: KeyboardEvent) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

function pass(reader: ScanReader) {
  reader.forget();
  return { act: "pass" } as const;
}
