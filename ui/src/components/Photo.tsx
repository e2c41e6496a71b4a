//! A picture drawn on a canvas: the window's content policy lets no address but its own be an image, and need not be
//! opened for this.
import { useEffect, useRef, useState } from "react";
import { explain } from "../errors/table";
import type { DocumentPicture, WireError } from "../wire/types";
import styles from "./Photo.module.css";

interface PhotoProps {
  name: string;
  data: DocumentPicture | undefined;
  error: WireError | null;
  /** A thumbnail is filled and cut; a large view shows the whole. */
  size: "small" | "large";
}

/** Pixels of the longest side, so that a photo of a telephone does not fill the memory. */
const LONGEST = { small: 320, large: 1600 };

export function Photo({ name, data, error, size }: PhotoProps) {
  const longest = LONGEST[size];
  const canvas = useRef<HTMLCanvasElement>(null);
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
  return <canvas ref={canvas} role="img" aria-label={name} className={styles[size]} width={1} height={1} />;
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
