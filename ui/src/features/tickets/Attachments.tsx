//! Photos and files joined to a draft or a dossier: small, with their size, large on demand, copied, and taken off while
//! it is still a draft.
//! Invariant: what is joined stays on this computer, and that is said wherever something can be joined.
import { Download, FileText, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button as Plain } from "react-aria-components";
import { Button, IconButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { cx } from "../../components/cx";
import { Dialog } from "../../components/Dialog";
import { FileDrop } from "../../components/FileDrop";
import { Photo } from "../../components/Photo";
import { saySaved } from "../../components/Saved";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { fileSize, fr } from "../../text/fr";
import type { Attachment, TakenFile, WireError } from "../../wire/types";
import styles from "./Attachments.module.css";

interface AttachmentsProps {
  attachments: readonly Attachment[];
  /** Absent once the dossier is made: what was joined then stays. */
  onRemove?: (attachment: Attachment) => void;
}

export function Attachments({ attachments, onRemove }: AttachmentsProps) {
  const [large, setLarge] = useState<Attachment | null>(null);
  if (attachments.length === 0) return null;
  return (
    <>
      <ul className={styles.list} aria-label="Fichiers joints">
        {attachments.map((attachment) => (
          <li key={attachment.id} className={styles.item}>
            {attachment.picture ? (
              <Plain
                aria-label={`Agrandir ${attachment.name}`}
                className={cx(styles.thumb)}
                onPress={() => setLarge(attachment)}
              >
                <Picture attachment={attachment} size="small" />
              </Plain>
            ) : (
              <span className={styles.thumb} aria-hidden>
                <FileText size={28} />
              </span>
            )}
            <span className={styles.name} title={attachment.name}>
              {attachment.name}
            </span>
            <span className={styles.foot}>
              <span className={styles.size}>{fileSize(attachment.size)}</span>
              {onRemove ? (
                <IconButton label={`Retirer ${attachment.name}`} icon={Trash2} onPress={() => onRemove(attachment)} />
              ) : (
                <Copy attachment={attachment} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <Dialog wide title={large?.name ?? "Photo"} isOpen={large !== null} onClose={() => setLarge(null)}>
        {large && (
          <div className={styles.large}>
            <Picture attachment={large} size="large" />
          </div>
        )}
      </Dialog>
    </>
  );
}

function Picture({ attachment: { id, name }, size }: { attachment: Attachment; size: "small" | "large" }) {
  const { data, error } = useCall("attachment_picture", { id }, { fixed: true });
  return <Photo name={name} data={data} error={error} size={size} />;
}

function Copy({ attachment: { id, name } }: { attachment: Attachment }) {
  const copy = useAct("attachment_copy");
  return (
    <Button
      size="small"
      variant="quiet"
      icon={Download}
      aria-label={`Enregistrer une copie de ${name}`}
      isPending={copy.isPending}
      onPress={() => copy.mutate({ id }, { onSuccess: saySaved })}
    >
      Copie
    </Button>
  );
}

type Then = { onSuccess: () => void; onError: () => void };

interface JoinProps {
  /** Joins what the tray holds. */
  join: (fileId: string, then: Then) => void;
  error: WireError | null;
  compact?: boolean;
  onJoined?: () => void;
}

/** The place where a photo is dropped, chosen or pasted, and what becomes of it. */
export function JoinFile({ join, error, compact = false, onJoined }: JoinProps) {
  const forget = useAct("file_drop", { quiet: true });
  const taken = ({ id, name }: TakenFile) =>
    join(id, {
      onSuccess: () => {
        onJoined?.();
        say({ text: fr`${name} est joint.` });
      },
      onError: () => forget.mutate({ id }),
    });
  return (
    <div className={styles.join}>
      <FileDrop pastes compact={compact} label="Une photo de l’écran ou de l’appareil en dit long." onTaken={taken} />
      {error && (
        <Callout tone="bad" announce>
          {explain(error)}
        </Callout>
      )}
      <StaysHere />
    </div>
  );
}

/** Said wherever a file is joined, and where one reads what leaves. */
export function StaysHere() {
  return (
    <p className={styles.soft}>
      {fr`Pour l'instant, ce qui est joint reste avec le dossier sur cet ordinateur : la plateforme ne le reçoit pas.`}
    </p>
  );
}

/** A photo for a dossier that is already made. */
export function JoinDialog({ ticketId, isOpen, onClose }: { ticketId: string; isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Joindre une photo ou un fichier" isOpen={isOpen} onClose={onClose}>
      <JoinToTicket ticketId={ticketId} onClose={onClose} />
    </Dialog>
  );
}

function JoinToTicket({ ticketId, onClose }: { ticketId: string; onClose: () => void }) {
  const attach = useAct("ticket_attach", { quiet: true });
  return (
    <JoinFile
      join={(file_id, then) => attach.mutate({ id: ticketId, file_id }, then)}
      error={attach.error}
      onJoined={onClose}
    />
  );
}
