//! Acts on many rows, newest first: imports, changes in number, récolements, merges. Each is undone in one go.
//! Left out on purpose: redoing what was undone; the file can be imported again.
import { Layers, Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { Button } from "../../components/Button";
import { Row, Rows } from "../../components/Card";
import { EmptyState } from "../../components/EmptyState";
import { Failed } from "../../components/Failed";
import { RelativeTime } from "../../components/RelativeTime";
import { Skeleton } from "../../components/Skeleton";
import { useCall } from "../../data";
import { undoBatch } from "../../data/batches";
import { fr, quote } from "../../text/fr";
import type { Batch } from "../../wire/types";
import styles from "./Import.module.css";

/** `most`: only the latest ones, and nothing at all while there is none. */
export function Batches({ most }: { most?: number }) {
  const list = useCall("batch_list", {});
  const box = useRef<HTMLDivElement>(null);
  const [undoing, setUndoing] = useState<string | null>(null);
  if (list.error) {
    return (
      <Failed
        title="Les imports et modifications n’ont pas pu être lus"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (!list.data) return <Skeleton lines={4} />;
  const { batches } = list.data;
  if (batches.length === 0) {
    return most === undefined ? (
      <EmptyState icon={Layers} title="Rien pour l’instant">
        Chaque import, chaque modification de plusieurs fiches à la fois se retrouvera ici, et pourra être annulé d’un
        geste.
      </EmptyState>
    ) : (
      <p className={styles.soft}>Chaque import se retrouvera ici, et pourra être annulé d’un geste.</p>
    );
  }
  const undo = async (id: string) => {
    setUndoing(id);
    await undoBatch(id);
    setUndoing(null);
    // The button goes with what it undid.
    box.current?.focus();
  };
  return (
    <div ref={box} tabIndex={-1} className={styles.box}>
      <Rows label="Imports et modifications en nombre">
        {batches.slice(0, most).map((batch) => (
          <BatchRow key={batch.id} batch={batch} isPending={undoing === batch.id} onUndo={() => void undo(batch.id)} />
        ))}
      </Rows>
    </div>
  );
}

function BatchRow({ batch, isPending, onUndo }: { batch: Batch; isPending: boolean; onUndo: () => void }) {
  const { label, at_ms, undone_at_ms, size } = batch;
  return (
    <Row
      icon={undone_at_ms === null ? Layers : Undo2}
      title={label}
      meta={
        <>
          {size} · <RelativeTime when={at_ms} />
          {undone_at_ms !== null && (
            <>
              {" · annulé "}
              <RelativeTime when={undone_at_ms} />
            </>
          )}
        </>
      }
      aside={
        undone_at_ms === null && (
          <Button
            size="small"
            icon={Undo2}
            isPending={isPending}
            onPress={onUndo}
            aria-label={fr`Annuler ${quote(label)}`}
          >
            {isPending ? "Annulation…" : "Annuler"}
          </Button>
        )
      }
    />
  );
}
