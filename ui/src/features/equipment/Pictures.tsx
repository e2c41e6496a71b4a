//! The pictures of a machine, small on its record, large on demand.
import { useState } from "react";
import { Button } from "react-aria-components";
import { cx } from "../../components/cx";
import { Dialog } from "../../components/Dialog";
import { Photo } from "../../components/Photo";
import { useCall } from "../../data";
import type { Document } from "../../wire/types";
import styles from "./Pictures.module.css";

export function Pictures({ documents }: { documents: readonly Document[] }) {
  const [large, setLarge] = useState<Document | null>(null);
  const pictures = documents.filter(({ picture }) => picture);
  if (pictures.length === 0) return null;
  return (
    <>
      <ul className={styles.row} aria-label="Photos">
        {pictures.map((document) => (
          <li key={document.id}>
            <Button
              aria-label={`Agrandir ${document.name}`}
              className={cx(styles.thumb)}
              onPress={() => setLarge(document)}
            >
              <Picture document={document} size="small" />
            </Button>
          </li>
        ))}
      </ul>
      <Dialog wide title={large?.name ?? "Photo"} isOpen={large !== null} onClose={() => setLarge(null)}>
        {large && (
          <div className={styles.large}>
            <Picture document={large} size="large" />
          </div>
        )}
      </Dialog>
    </>
  );
}

function Picture({ document: { id, name }, size }: { document: Document; size: "small" | "large" }) {
  const { data, error } = useCall("document_picture", { id }, { fixed: true });
  return <Photo name={name} data={data} error={error} size={size} />;
}
