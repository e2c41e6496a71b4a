//! The pictures of a machine, small on its record, large on demand. They are drawn on a canvas: the window's content
//! policy lets no address but its own be an image, and need not be opened for this.
import { useEffect, useRef, useState } from "react";
import { Button } from "react-aria-components";
import { cx } from "../../components/cx";
import { Dialog } from "../../components/Dialog";
import { useCall } from "../../data";
import { explain } from "../../errors/table";
import type { Document, DocumentPicture } from "../../wire/types";
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
              <Picture document={document} longest={320} />
            </Button>
          </li>
        ))}
      </ul>
      <Dialog wide title={large?.name ?? "Photo"} isOpen={large !== null} onClose={() => setLarge(null)}>
        {large && (
          <div className={styles.large}>
            <Picture document={large} longest={1600} />
          </div>
        )}
      </Dialog>
    </>
  );
}

/** `longest`: pixels of its longest side, so that a photo of a telephone does not fill the memory. */
function Picture({ document, longest }: { document: Document; longest: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { data, error } = useCall("document_picture", { id: document.id }, { fixed: true });
  const [isUnreadable, setUnreadable] = useState(false);
  useEffect(() => {
    if (data === undefined) return;
    let isGone = false;
    bitmapOf(data)
      .then((bitmap) => {
        if (!isGone) draw(bitmap, canvas.current, longest);
        bitmap.close();
      })
      .catch(() => setUnreadable(true));
    return () => {
      isGone = true;
    };
  }, [data, longest]);
  if (error || isUnreadable) {
    return <span className={styles.broken}>{error ? explain(error) : "Cette photo ne peut pas être lue."}</span>;
  }
  return <canvas ref={canvas} role="img" aria-label={document.name} className={styles.canvas} width={1} height={1} />;
}

function bitmapOf({ media_type, base64 }: DocumentPicture): Promise<ImageBitmap> {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  return createImageBitmap(new Blob([bytes], { type: media_type }));
}

function draw(bitmap: ImageBitmap, canvas: HTMLCanvasElement | null, longest: number) {
  if (canvas === null) return;
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
}
