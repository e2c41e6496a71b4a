//! The one door to the shell. No other folder imports @tauri-apps, so that another host (tests, preview) can stand here.
//! Invariant: a failed call rejects with a WireError, whatever happened underneath.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Commands } from "../wire/commands";
import type { TakenFile, WireError } from "../wire/types";

export type CommandName = keyof Commands;
export type RequestOf<Name extends CommandName> = Commands[Name]["request"];
export type ResponseOf<Name extends CommandName> = Commands[Name]["response"];

function isWireError(cause: unknown): cause is WireError {
  return typeof cause === "object" && cause !== null && "code" in cause && "message" in cause;
}

function asWireError(cause: unknown): WireError {
  if (isWireError(cause)) return cause;
  return { code: "interne", message: String(cause), retryable: false, field: null };
}

export async function call<Name extends CommandName>(name: Name, request: RequestOf<Name>): Promise<ResponseOf<Name>> {
  try {
    return await invoke<ResponseOf<Name>>("rpc", { name, body: request });
  } catch (cause) {
    throw asWireError(cause);
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

/** The largest file that the application takes, in MiB: refused here before it is read into memory. */
const largest = (name: string) => (name.endsWith(".relais") ? 512 : 64);

/** Hands a chosen file over; commands then name it by its id. */
export async function takeFile(file: File): Promise<TakenFile> {
  if (file.size > largest(file.name) * 1024 * 1024) {
    const message = `Ce fichier dépasse ${largest(file.name)} Mo\u202f: Relais ne l’ouvre pas.`;
    throw { code: "demande-incorrecte", message, retryable: false, field: "file" } satisfies WireError;
  }
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    return await invoke<TakenFile>("take_file", bytes, { headers: { "file-name": encodeURIComponent(file.name) } });
  } catch (cause) {
    throw asWireError(cause);
  }
}

/** Opens a document that Relais has just written, in the person's own program. */
export async function openSaved(id: string): Promise<void> {
  await invoke("open_saved", { id });
}
