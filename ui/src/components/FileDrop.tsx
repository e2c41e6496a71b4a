//! A place to drop, choose or paste one file, which is handed to the application at once.
//! Invariant: only its id and name come back; what is wrong with it is said here, beside it.
import { ClipboardPaste, FileUp } from "lucide-react";
import { useEffect, useRef, useState } from "react";
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
  /** A picture of the screen can be pasted, anywhere on the page. One such place a screen. */
  pastes?: boolean;
  /** On one line, where it is not the page's purpose. */
  compact?: boolean;
  onTaken: (file: TakenFile) => void;
}

export function FileDrop(props: FileDropProps) {
  const { label, button = "Choisir un fichier…", accept, pastes = false, compact = false, onTaken } = props;
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function take(file: File | undefined) {
    if (!file || busy) return;
    setBusy(true);
    setRefusal(null);
    try {
      onTaken(await takeFile(file));
    } catch (cause) {
      setRefusal(explain(cause as WireError));
    } finally {
      setBusy(false);
    }
  }

  async function dropped(items: readonly DropItem[]) {
    const item = items.find((one) => one.kind === "file");
    await take(await item?.getFile());
  }

  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    if (!pastes) return;
    const onPaste = (event: ClipboardEvent) => {
      const picture = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
      if (event.defaultPrevented || !picture) return;
      event.preventDefault();
      void latest.current(captured(picture));
    };
    window.addEventListener("paste", onPaste);
    return () => window.removeEventListener("paste", onPaste);
  }, [pastes]);

  async function paste() {
    try {
      const picture = await copiedPicture();
      if (picture) await take(captured(picture));
      else setRefusal("Le presse-papiers ne contient pas d’image\u202f: faites d’abord une capture d’écran.");
    } catch {
      // Some systems let nobody read the clipboard but the keys.
      setRefusal("Faites Ctrl V\u202f: la capture sera jointe.");
    }
  }

  return (
    <DropZone
      className={cx(styles.zone, compact && styles.compact)}
      onDrop={({ items }) => void dropped(items)}
      aria-label={label}
    >
      <FileUp size={compact ? 20 : 28} aria-hidden />
      <p className={styles.label}>{label}</p>
      <div className={styles.ways}>
        <FileTrigger
          {...(accept ? { acceptedFileTypes: [...accept] } : {})}
          onSelect={(files) => void take(files?.[0])}
        >
          <Button isPending={busy} size={compact ? "small" : "normal"}>
            {button}
          </Button>
        </FileTrigger>
        {pastes && (
          <Button icon={ClipboardPaste} size={compact ? "small" : "normal"} onPress={() => void paste()}>
            Coller une capture
          </Button>
        )}
      </div>
      {refusal && (
        <p role="alert" className={styles.error}>
          {refusal}
        </p>
      )}
    </DropZone>
  );
}

/** A picture of the screen has no name of its own. */
function captured(picture: Blob): File {
  const kind = picture.type === "image/jpeg" ? "jpg" : picture.type.replace("image/", "");
  return new File([picture], `Capture d’écran.${kind}`, { type: picture.type });
}

async function copiedPicture(): Promise<Blob | undefined> {
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((one) => one.startsWith("image/"));
    if (type) return item.getType(type);
  }
  return undefined;
}
