//! The paper of a step: a place to drop it, then its name and the way to take it off.
import { FileText, X } from "lucide-react";
import { IconButton } from "../../components/Button";
import { FileDrop } from "../../components/FileDrop";
import { useAct } from "../../data";
import { fileSize } from "../../text/fr";
import type { TakenFile } from "../../wire/types";
import styles from "./Purchases.module.css";

interface JoinedProps {
  /** What is usually joined: « Devis ». */
  label: string;
  file: TakenFile | null;
  onFile: (file: TakenFile | null) => void;
  error: string | undefined;
}

export function Joined({ label, file, onFile, error }: JoinedProps) {
  const forget = useAct("file_drop", { quiet: true });
  return (
    <div className={styles.file}>
      <p className={styles.fileLabel}>
        {label} <span className={styles.optional}>facultatif</span>
      </p>
      {file ? (
        <p className={styles.joinedFile}>
          <FileText size={18} aria-hidden />
          <span className={styles.fileName}>
            {file.name} · {fileSize(file.size)}
          </span>
          <IconButton
            label={`Retirer ${file.name}`}
            icon={X}
            onPress={() => {
              forget.mutate({ id: file.id });
              onFile(null);
            }}
          />
        </p>
      ) : (
        <FileDrop label={"Déposez le fichier ici, ou choisissez-le\u202f: il sera joint à l’étape."} onTaken={onFile} />
      )}
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
