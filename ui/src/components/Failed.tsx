//! A screen, or a part of one, that could not be read: what happened, and the way to try again.
import { RotateCw } from "lucide-react";
import { explain } from "../errors/table";
import type { WireError } from "../wire/types";
import { Button } from "./Button";
import { Callout } from "./Callout";

interface FailedProps {
  /** What could not be shown: « Les dossiers n’ont pas pu être lus ». */
  title: string;
  error: WireError;
  onRetry: () => void;
}

export function Failed({ title, error, onRetry }: FailedProps) {
  return (
    <Callout
      tone="bad"
      title={title}
      announce
      actions={
        <Button size="small" icon={RotateCw} onPress={onRetry}>
          Réessayer
        </Button>
      }
    >
      {explain(error)}
    </Callout>
  );
}
