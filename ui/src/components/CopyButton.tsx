//! Copies a text to the clipboard and says so, in place and aloud.
//! Invariant: « Copié » is only shown once the clipboard has it; a refusal is said, and nothing pretends.
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonVariant } from "./Button";
import { say } from "./Toast";

const SHOWN_MS = 2500;

interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  /** What it is, for those who hear the button: « le numéro INC000000481350 ». */
  what: string;
  /** The word on the button. */
  children?: string;
  variant?: ButtonVariant;
  onCopied?: () => void;
}

export function CopyButton({ text, what, children = "Copier", variant = "quiet", onCopied }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = window.setTimeout(() => setCopied(false), SHOWN_MS);
    return () => window.clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      onCopied?.();
    } catch {
      say({ text: "La copie n’a pas été possible\u202f: sélectionnez le texte, puis Ctrl C.", tone: "bad" });
    }
  };
  return (
    <>
      <Button
        size="small"
        variant={variant}
        icon={copied ? Check : Copy}
        aria-label={`${children} ${what}`}
        onPress={() => void copy()}
      >
        {copied ? "Copié" : children}
      </Button>
      <span role="status" className="visually-hidden">
        {copied ? "Copié" : ""}
      </span>
    </>
  );
}
