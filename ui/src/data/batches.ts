//! An act on many rows was done: its sentence, with « Annuler » that undoes the whole of it in one go.
//! Invariant: what could not be put back is told, row by row; nothing is undone in silence.
import { say } from "../components/Toast";
import { explain } from "../errors/table";
import { call } from "../host";
import type { BatchDone, WireError } from "../wire/types";
import { client } from "./index";

/** Says what was done. An act that changed nothing leaves nothing to undo. */
export function sayDone({ batch_id, sentence }: Pick<BatchDone, "batch_id" | "sentence">): void {
  say(
    batch_id === null
      ? { text: sentence }
      : { text: sentence, action: { label: "Annuler", run: () => void undoBatch(batch_id) } },
  );
}

/** How many rows left as they are are named in a message; the others are counted. */
const NAMED = 3;

export async function undoBatch(id: string): Promise<void> {
  try {
    const { sentence, kept } = await call("batch_undo", { id });
    const others = kept.length > NAMED ? [`Et ${kept.length - NAMED} de plus.`] : [];
    say({ text: [sentence, ...kept.slice(0, NAMED), ...others].join(" "), tone: kept.length > 0 ? "care" : "good" });
  } catch (cause) {
    say({ text: explain(cause as WireError), tone: "bad" });
  }
  await client.invalidateQueries();
}
