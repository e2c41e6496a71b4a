//! What is said once a document is written: where it is, and « Ouvrir ».
import { openSaved } from "../host";
import type { SavedFile } from "../wire/types";
import { say } from "./Toast";

export function saySaved(file: SavedFile): void {
  say({
    text: `${file.name} est enregistré dans ${file.folder}.`,
    action: {
      label: "Ouvrir",
      run: () => {
        openSaved(file.id).catch(() =>
          say({ text: `Aucun programme n’ouvre ${file.name}. Le fichier est dans ${file.folder}.`, tone: "care" }),
        );
      },
    },
  });
}
