//! The handover file: to be chosen, or chosen already and named.
import { FileKey } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { FileDrop } from "../../components/FileDrop";
import { fileSize, fr } from "../../text/fr";
import type { TakenFile } from "../../wire/types";
import styles from "./Handover.module.css";

interface HandoverFileFieldProps {
  file: TakenFile | null;
  error: string | undefined;
  onTaken: (file: TakenFile | null) => void;
}

export function HandoverFileField({ file, error, onTaken }: HandoverFileFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const chosen = file !== null;
  const shown = useRef(chosen);
  useEffect(() => {
    if (shown.current === chosen) return;
    shown.current = chosen;
    // What was pressed has gone: its successor takes the focus.
    [...(box.current?.querySelectorAll("button") ?? [])].at(-1)?.focus();
  }, [chosen]);
  return (
    <div ref={box} className={styles.fileField} data-invalid={error ? true : undefined}>
      {file ? (
        <div className={styles.file}>
          <FileKey size={20} aria-hidden />
          <span className={styles.fileName}>
            <strong>{file.name}</strong>
            <span className={styles.soft}>{fileSize(file.size)}</span>
          </span>
          <Button size="small" onPress={() => onTaken(null)}>
            Changer
          </Button>
        </div>
      ) : (
        <FileDrop
          label={fr`Déposez ici le fichier dont le nom finit par « .relais »`}
          accept={[".relais"]}
          onTaken={onTaken}
        />
      )}
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
