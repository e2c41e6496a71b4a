//! The end of an import: what was done, and « Annuler l’import », which undoes the whole of it.
import { CircleCheck, FileUp, Undo2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button, LinkButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { useAct } from "../../data";
import { agree, fr, plural } from "../../text/fr";
import type { BatchUndone, ImportDone, ImportRequest } from "../../wire/types";
import { linkTo } from "../frame/places";
import { Figures } from "./Figures";
import styles from "./Import.module.css";
import { SaveRefused } from "./Refusals";
import { IMPORTS } from "./words";

interface DoneProps {
  request: ImportRequest;
  done: ImportDone;
  onAgain: () => void;
}

export function Done({ request, done: { figures, batch_id }, onAgain }: DoneProps) {
  const { one, many, place, see } = IMPORTS[request.kind];
  const undo = useAct("batch_undo");
  const changed = figures.created + figures.updated;
  const title =
    batch_id === null ? "Rien n’avait à changer" : fr`${plural(changed, one, many)} ${agree(changed, "importé")}`;
  return (
    <div className={styles.step}>
      <Card title={undo.data ? "Import annulé" : title} icon={undo.data ? Undo2 : CircleCheck}>
        {undo.data ? <Undone undone={undo.data} /> : <Figures figures={figures} />}
        {figures.refused.length > 0 && !undo.data && (
          <Callout
            tone="care"
            title={fr`${plural(figures.refused.length, "ligne refusée", "lignes refusées")}`}
            actions={<SaveRefused request={request} />}
          >
            {fr`Enregistrez-les, corrigez-les dans votre tableur, puis importez ce fichier : il ne contient qu'elles.`}
          </Callout>
        )}
        <div className={styles.actions}>
          {batch_id !== null && !undo.data && (
            <Button icon={Undo2} isPending={undo.isPending} onPress={() => undo.mutate({ id: batch_id })}>
              {undo.isPending ? "Annulation…" : "Annuler l’import"}
            </Button>
          )}
          <Button icon={FileUp} onPress={onAgain}>
            Importer un autre fichier
          </Button>
          <div className={styles.next}>
            <LinkButton variant="primary" href={linkTo(place)}>
              {see}
            </LinkButton>
          </div>
        </div>
      </Card>
    </div>
  );
}

function Undone({ undone: { sentence, kept } }: { undone: BatchUndone }) {
  const box = useRef<HTMLDivElement>(null);
  // « Annuler l’import » has gone, with the focus.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} role="status" tabIndex={-1} className={styles.box}>
      <p>{sentence}</p>
      {kept.length > 0 && (
        <ul className={styles.kept}>
          {kept.map((why) => (
            <li key={why}>{why}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
