//! A place to drop or choose one file, which is handed to the application at once.
//! Invariant: only its id and name come back; what is wrong with it is said here, beside it.
import { FileUp } from "lucide-react";
import { useState } from "react";
import { type DropItem, DropZone, FileTrigger } from "react-aria-components";
import { explain } from "../errors/table";
import { takeFile } from "../host";
import type { TakenFile, WireError } from "../wire/types";
import { Button } from "./Button";
import { cx } from "./cx";
import styles from "./FileDrop.module.css";

interface FileDropProps {
  /** What is asked, in a sentence: « Déposez ici le fichier à importer ». */
  label: string;
  /** The button's words. */
  button?: string;
  /** Extensions proposed by the chooser: [".csv", ".xlsx"]. */
  accept?: readonly string[];
  onTaken: (file: TakenFile) => void;
}

export function FileDrop({ label, button = "Choisir un fichier…", accept, onTaken }: FileDropProps) {
  const [error, setError] = useState<WireError | null>(null);
  const [busy, setBusy] = useState(false);

  async function take(file: File | undefined) {
    if (!file) return;
    setBusy(true);
    setError(null);
    try {
      onTaken(await takeFile(file));
    } catch (cause) {
      setError(cause as WireError);
    } finally {
      setBusy(false);
    }
  }

  async function dropped(items: readonly DropItem[]) {
    const item = items.find((one) => one.kind === "file");
    await take(await item?.getFile());
  }

  return (
    <DropZone className={cx(styles.zone)} onDrop={({ items }) => void dropped(items)} aria-label={label}>
      <FileUp size={28} aria-hidden />
      <p>{label}</p>
      <FileTrigger {...(accept ? { acceptedFileTypes: [...accept] } : {})} onSelect={(files) => void take(files?.[0])}>
        <Button isPending={busy}>{button}</Button>
      </FileTrigger>
      {error && (
        <p role="alert" className={styles.error}>
          {explain(error)}
        </p>
      )}
    </DropZone>
  );
}
