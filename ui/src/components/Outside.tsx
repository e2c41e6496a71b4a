//! A mail or a call, left to the person's own program; where there is none, it is said, and the text can be copied.
import type { ReactNode } from "react";
import { openExternal } from "../host";
import { fr } from "../text/fr";
import { say } from "./Toast";

interface OutsideProps {
  /** `tel:` or `mailto:`: the shell refuses anything else. */
  url: string;
  label: string;
  className?: string | undefined;
  children: ReactNode;
}

export function Outside({ url, label, className, children }: OutsideProps) {
  return (
    <a
      href={url}
      aria-label={label}
      className={className}
      onClick={(event) => {
        event.preventDefault();
        openExternal(url).catch(() =>
          say({ text: fr`Aucun programme de cet ordinateur ne s'en charge : copiez plutôt.`, tone: "bad" }),
        );
      }}
    >
      {children}
    </a>
  );
}
