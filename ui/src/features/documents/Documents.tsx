//! The files that go with a loan or a purchase: what each one is, a copy to read, one more to join.
//! Invariant: a removed file cannot be brought back, so removing is asked first.
import { Download, FileText, Image, Paperclip, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Row, Rows } from "../../components/Card";
import { Dialog } from "../../components/Dialog";
import { FileDrop } from "../../components/FileDrop";
import { saySaved } from "../../components/Saved";
import { Select } from "../../components/Select";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { fileSize, fr, quote, shortDay } from "../../text/fr";
import type { Document, DocumentKind, DocumentOwner } from "../../wire/types";
import styles from "./Documents.module.css";

const KINDS: Record<DocumentKind, string> = {
  photo: "Photo",
  devis: "Devis",
  validation: "Validation du Département",
  commande: "Bon de commande",
  facture: "Facture",
  "bon-de-livraison": "Bon de livraison",
  "formulaire-signe": "Formulaire signé",
  autre: "Autre document",
};

export function kindName(kind: DocumentKind): string {
  return KINDS[kind];
}

interface DocumentsProps {
  owner: DocumentOwner;
  documents: readonly Document[];
  /** What is usually joined here, the likeliest first. */
  kinds: readonly DocumentKind[];
  /** The button's words. */
  add?: string;
}

export function Documents({ owner, documents, kinds, add = "Joindre un document" }: DocumentsProps) {
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<Document | null>(null);
  return (
    <div className={styles.documents}>
      {documents.length > 0 && (
        <Rows label="Documents joints">
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} onRemove={() => setRemoving(document)} />
          ))}
        </Rows>
      )}
      <div>
        <Button size="small" icon={Paperclip} onPress={() => setAdding(true)}>
          {add}
        </Button>
      </div>
      <Dialog title={add} isOpen={adding} onClose={() => setAdding(false)}>
        <Joining owner={owner} kinds={kinds} onDone={() => setAdding(false)} />
      </Dialog>
      <Removing document={removing} onClose={() => setRemoving(null)} />
    </div>
  );
}

function DocumentRow({ document, onRemove }: { document: Document; onRemove: () => void }) {
  const { id, label, name, size, created_at_ms, picture } = document;
  const copy = useAct("document_copy");
  return (
    <Row
      icon={picture ? Image : FileText}
      title={label}
      meta={
        <>
          {name} · {fileSize(size)} · {shortDay(created_at_ms)}
        </>
      }
      aside={
        <>
          <Button
            size="small"
            icon={Download}
            aria-label={`Enregistrer une copie de ${name}`}
            isPending={copy.isPending}
            onPress={() => copy.mutate({ id }, { onSuccess: saySaved })}
          >
            Copie
          </Button>
          <IconButton label={`Retirer ${name}`} icon={Trash2} onPress={onRemove} />
        </>
      }
    />
  );
}

function Joining({ owner, kinds, onDone }: Pick<DocumentsProps, "owner" | "kinds"> & { onDone: () => void }) {
  const [kind, setKind] = useState<DocumentKind>(kinds[0] ?? "autre");
  const join = useAct("document_add", { quiet: true });
  const forget = useAct("file_drop", { quiet: true });
  return (
    <>
      <Select
        label="Ce que c’est"
        options={kinds.map((id) => ({ id, label: KINDS[id] }))}
        value={kind}
        onChange={setKind}
      />
      <FileDrop
        label={"Déposez le fichier ici\u202f: il est joint aussitôt."}
        onTaken={(file) =>
          join.mutate(
            { owner, kind, file_id: file.id },
            {
              onSuccess: ({ label }) => {
                onDone();
                say({ text: fr`Document joint : ${label}.` });
              },
              onError: () => forget.mutate({ id: file.id }),
            },
          )
        }
      />
      {join.error && (
        <Callout tone="bad" announce>
          {explain(join.error)}
        </Callout>
      )}
    </>
  );
}

function Removing({ document, onClose }: { document: Document | null; onClose: () => void }) {
  const remove = useAct("document_remove");
  const id = document?.id ?? "";
  return (
    <Dialog
      title={"Retirer ce document\u202f?"}
      isOpen={document !== null}
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>Garder le document</Button>
          <Button
            variant="danger"
            icon={Trash2}
            isPending={remove.isPending}
            onPress={() =>
              remove.mutate(
                { id },
                {
                  onSuccess: () => {
                    onClose();
                    say({ text: "Document retiré." });
                  },
                },
              )
            }
          >
            Retirer
          </Button>
        </>
      }
    >
      <p>{fr`${quote(document?.name ?? "")} ne sera plus dans Relais, sans retour possible.`}</p>
    </Dialog>
  );
}
