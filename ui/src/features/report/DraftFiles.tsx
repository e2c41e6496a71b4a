//! Photos joined while the form is answered; each can be taken off again as long as nothing has left.
//! Invariant: a file taken off cannot be brought back, so that is asked first.
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { say } from "../../components/Toast";
import { useKeptFocus } from "../../components/useKeptFocus";
import { useAct } from "../../data";
import { fr, quote } from "../../text/fr";
import type { Attachment } from "../../wire/types";
import { Attachments, JoinFile, StaysHere } from "../tickets/Attachments";
import styles from "./Report.module.css";

interface DraftFilesProps {
  draftId: string;
  attachments: readonly Attachment[];
  /** More can be joined here; otherwise they are only shown. */
  joins?: boolean;
}

export function DraftFiles({ draftId, attachments, joins = false }: DraftFilesProps) {
  const [removing, setRemoving] = useState<Attachment | null>(null);
  const attach = useAct("guide_attach", { quiet: true });
  useKeptFocus(`${attachments.map(({ id }) => id).join()} ${removing?.id ?? ""}`);
  return (
    <section className={styles.files} aria-label="Photos et fichiers joints">
      <Attachments attachments={attachments} onRemove={setRemoving} />
      {joins ? (
        <JoinFile
          compact
          join={(file_id, then) => attach.mutate({ draft_id: draftId, file_id }, then)}
          error={attach.error}
        />
      ) : (
        <StaysHere />
      )}
      <Removing attachment={removing} onClose={() => setRemoving(null)} />
    </section>
  );
}

function Removing({ attachment, onClose }: { attachment: Attachment | null; onClose: () => void }) {
  const detach = useAct("guide_detach");
  const remove = ({ id }: Attachment) =>
    detach.mutate(
      { id },
      {
        onSuccess: () => {
          onClose();
          say({ text: "Fichier retiré." });
        },
      },
    );
  return (
    <Dialog
      title={"Retirer ce fichier\u202f?"}
      isOpen={attachment !== null}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Garder le fichier</Button>
          <Button
            variant="danger"
            icon={Trash2}
            isPending={detach.isPending}
            onPress={() => attachment && remove(attachment)}
          >
            Retirer
          </Button>
        </>
      }
    >
      <p>{fr`${quote(attachment?.name ?? "")} ne sera plus dans Relais, sans retour possible.`}</p>
    </Dialog>
  );
}
