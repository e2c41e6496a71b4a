//! The one door to the shell. No other folder imports @tauri-apps, so that another host (tests, preview) can stand here.
//! Invariant: a failed call rejects with a WireError, whatever happened underneath.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Commands } from "../wire/commands";
import type { WireError } from "../wire/types";

export type CommandName = keyof Commands;
export type RequestOf<Name extends CommandName> = Commands[Name]["request"];
export type ResponseOf<Name extends CommandName> = Commands[Name]["response"];

function isWireError(cause: unknown): cause is WireError {
  return typeof cause === "object" && cause !== null && "code" in cause && "message" in cause;
}

export async function call<Name extends CommandName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  try {
    return await invoke<ResponseOf<Name>>("rpc", { name, body: request });
  } catch (cause) {
    if (isWireError(cause)) throw cause;
    throw { code: "interne", message: String(cause), retryable: false, field: null } satisfies WireError;
  }
}

/** The store changed, by this window or by the worker: what is shown must be read again. */
export function onChange(listener: () => void): () => void {
  const stop = listen("changed", listener);
  return () => {
    void stop.then((unlisten) => unlisten());
  };
}

/** Opens a mail or a call (`mailto:`, `tel:`) in the person's own program; the shell refuses anything else. */
export async function openExternal(url: string): Promise<void> {
  await invoke("open_link", { url });
}
