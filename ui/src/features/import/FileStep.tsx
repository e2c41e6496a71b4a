//! First step: the file. It is read at once, so that one that cannot be read is said here, beside it.
import { History } from "lucide-react";
import { useState } from "react";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { FileDrop } from "../../components/FileDrop";
import { Columns } from "../../components/Page";
import { Skeleton } from "../../components/Skeleton";
import { client } from "../../data";
import { explain } from "../../errors/table";
import { call } from "../../host";
import { fr, quote } from "../../text/fr";
import type { ImportKind, TakenFile, WireError } from "../../wire/types";
import { linkTo } from "../frame/places";
import { Batches } from "./Batches";
import styles from "./Import.module.css";
import { AS_PROPOSED } from "./progress";
import { IMPORTS } from "./words";

export function FileStep({ kind, onRead }: { kind: ImportKind; onRead: (file: TakenFile) => void }) {
  const { drop, reads, accept } = IMPORTS[kind];
  const [reading, setReading] = useState<TakenFile | null>(null);
  const [refused, setRefused] = useState<{ file: TakenFile; error: WireError } | null>(null);

  async function read(file: TakenFile) {
    const request = { file_id: file.id, kind, choices: AS_PROPOSED, expected: null };
    setReading(file);
    setRefused(null);
    try {
      // The next step finds the answer there.
      await client.fetchQuery({ queryKey: ["import_read", request], queryFn: () => call("import_read", request) });
      onRead(file);
    } catch (error) {
      setRefused({ file, error: error as WireError });
      setReading(null);
    }
  }

  return (
    <Columns
      asideLabel="Derniers imports"
      aside={
        <Card title="Derniers imports et modifications" icon={History}>
          <Batches most={4} />
          <p>
            <a href={linkTo("/reglages")}>Tous, dans Réglages</a>
          </p>
        </Card>
      }
    >
      <FileDrop label={drop} accept={accept} onTaken={(file) => void read(file)} />
      {reading && (
        <Card>
          <p className={styles.soft}>{fr`Lecture de ${quote(reading.name)}…`}</p>
          <Skeleton lines={2} label="Lecture du fichier" />
        </Card>
      )}
      {refused && (
        <Callout tone="bad" title={fr`${quote(refused.file.name)} n'a pas pu être lu`} announce>
          {explain(refused.error)}
        </Callout>
      )}
      <p className={styles.soft}>{reads}</p>
      <p className={styles.soft}>
        {fr`Rien n'est écrit avant que vous ayez vu la simulation. Ensuite, tout l'import s'annule d'un geste.`}
      </p>
    </Columns>
  );
}
