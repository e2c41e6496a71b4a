//! Import of equipment or contacts, in four steps: the file, how it is read, what it would change, what was done.
//! Invariant: nothing is written before the simulation has been seen, and the whole of it is undone in one go.
import { ArrowLeft } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Page } from "../components/Page";
import { ProgressSteps } from "../components/Steps";
import { RegisterTabs } from "../features/equipment/RegisterTabs";
import { linkTo } from "../features/frame/places";
import { Done } from "../features/import/Done";
import { FileStep } from "../features/import/FileStep";
import styles from "../features/import/Import.module.css";
import { AS_PROPOSED, type Stage, useProgress } from "../features/import/progress";
import { ReadingStep } from "../features/import/ReadingStep";
import { SimulationStep } from "../features/import/SimulationStep";
import { IMPORTS } from "../features/import/words";
import { call } from "../host";
import type { ImportDone, ImportKind, ImportRequest } from "../wire/types";

const STEPS = ["Le fichier", "La lecture", "La simulation", "L’import"] as const;
const RANK: Record<Stage, number> = { fichier: 0, lecture: 1, simulation: 2 };

export default function Import({ kind }: { kind: ImportKind }) {
  return <Steps key={kind} kind={kind} />;
}

/** The application forgets it by itself later on: a failure changes nothing. */
function forget(fileId: string): void {
  void call("file_drop", { id: fileId }).catch(() => undefined);
}

function Steps({ kind }: { kind: ImportKind }) {
  const { title, place } = IMPORTS[kind];
  const [{ stage, file, choices }, change] = useProgress(kind);
  const [ended, setEnded] = useState<{ request: ImportRequest; done: ImportDone } | null>(null);
  const current = ended ? STEPS.length : RANK[stage];

  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(current);
  useEffect(() => {
    if (shown.current === current) return;
    shown.current = current;
    // The step takes the place of another one: it is read from its top.
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest("main")?.scrollTo(0, 0);
  }, [current]);

  const restart = () => {
    if (file) forget(file.id);
    change({ stage: "fichier", file: null, choices: AS_PROPOSED });
  };
  const request = { file_id: file?.id ?? "", kind, choices, expected: null };
  const finish = (done: ImportDone) => {
    setEnded({ request, done });
    // The file stays at hand, for its refused rows; another visit begins anew.
    change({ stage: "fichier", file: null, choices: AS_PROPOSED });
  };

  return (
    <Page
      title={title}
      subtitle="Une simulation d’abord, et tout peut être annulé ensuite"
      back={
        kind === "contacts" && (
          <a href={linkTo(place)} className={styles.back}>
            <ArrowLeft size={16} aria-hidden />
            Contacts
          </a>
        )
      }
    >
      {kind === "equipements" && <RegisterTabs />}
      <div className={styles.stages}>
        <ProgressSteps label="Étapes de l’import" steps={STEPS} current={current} />
        <h2 ref={heading} tabIndex={-1} className="visually-hidden">
          {ended ? "L’import est fait" : STEPS[current]}
        </h2>
        {ended ? (
          <Done
            {...ended}
            onAgain={() => {
              forget(ended.request.file_id);
              setEnded(null);
            }}
          />
        ) : stage === "fichier" || !file ? (
          <FileStep kind={kind} onRead={(taken) => change({ stage: "lecture", file: taken, choices: AS_PROPOSED })} />
        ) : stage === "lecture" ? (
          <ReadingStep
            kind={kind}
            file={file}
            choices={choices}
            onChange={(next) => change({ choices: next })}
            onBack={restart}
            onNext={() => change({ stage: "simulation" })}
          />
        ) : (
          <SimulationStep
            request={request}
            name={file.name}
            onBack={() => change({ stage: "lecture" })}
            onDone={finish}
          />
        )}
      </div>
    </Page>
  );
}
