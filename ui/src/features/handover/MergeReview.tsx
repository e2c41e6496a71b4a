//! What the other user's file would bring: what is added, then what differs, field by field, conflicts first.
//! Invariant: whose value is kept is always one of two that are both shown; « Réunir » is undone from its message.
import { CircleAlert, GitMerge, ListPlus, Scale } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { cx } from "../../components/cx";
import { Stack } from "../../components/Page";
import { RadioCards } from "../../components/RadioCards";
import { useAct } from "../../data";
import { sayDone } from "../../data/batches";
import { explain } from "../../errors/table";
import { agree, fr, number, plural } from "../../text/fr";
import type { MergeRow, MergeSide, MergeSimulation, TakenFile } from "../../wire/types";
import { More, useMore } from "../import/More";
import styles from "./Handover.module.css";
import { allFrom, choicesOf, countConflicts, inOrder, keyOf, type MergeSession, sideOf } from "./session";

interface MergeReviewProps {
  file: TakenFile;
  passphrase: string;
  simulation: MergeSimulation;
  sides: MergeSession["sides"];
  onSides: (sides: MergeSession["sides"]) => void;
  onLeave: () => void;
}

export function MergeReview({ file, passphrase, simulation, sides, onSides, onLeave }: MergeReviewProps) {
  const { origin, added, changed, same, warning, notices } = simulation;
  const merge = useAct("merge_apply", { quiet: true });
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const nothing = added.length === 0 && changed.length === 0;
  const apply = () =>
    merge.mutate(
      { file_id: file.id, passphrase, choices: choicesOf(changed, sides) },
      {
        onSuccess: (done) => {
          sayDone(done);
          onLeave();
        },
      },
    );
  return (
    <Stack>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        Ce que le fichier apporterait
      </h2>
      <p className={styles.soft}>{origin}</p>
      {warning !== null && (
        <Callout tone="care" title={fr`Est-ce bien le même collège ?`}>
          {warning}
        </Callout>
      )}
      {notices.map((notice) => (
        <Callout key={notice}>{notice}</Callout>
      ))}
      <Added simulation={simulation} />
      {changed.length > 0 && <Differences changed={changed} sides={sides} onSides={onSides} />}
      {same > 0 && (
        <p
          className={styles.soft}
        >{fr`${plural(same, "fiche est la même", "fiches sont les mêmes")} des deux côtés.`}</p>
      )}
      {merge.error && (
        <Callout tone="bad" title="Rien n’a été réuni" announce>
          {explain(merge.error)}
        </Callout>
      )}
      <div className={cx(styles.actions, styles.bar)}>
        <Button onPress={onLeave}>{nothing ? "Fermer" : "Ne rien réunir"}</Button>
        {!nothing && (
          <div className={styles.next}>
            <Button variant="primary" icon={GitMerge} isPending={merge.isPending} onPress={apply}>
              {merge.isPending ? "Réunion en cours…" : "Réunir"}
            </Button>
          </div>
        )}
      </div>
    </Stack>
  );
}

function Added({ simulation: { added, changed } }: { simulation: MergeSimulation }) {
  if (added.length === 0) {
    return (
      <Callout>
        {changed.length === 0
          ? fr`Ce fichier n'apporte rien de nouveau : tout y est déjà ici, à l'identique.`
          : fr`Aucune fiche nouvelle : seules des fiches déjà connues diffèrent.`}
      </Callout>
    );
  }
  return (
    <Card title="Ajouté à ce que vous avez" icon={ListPlus}>
      <Rows>
        {added.map(({ what, label, count, examples }) => (
          <Row
            key={what}
            title={label}
            meta={[...examples, ...(count > examples.length ? ["…"] : [])].join(" · ")}
            aside={<strong>{number(count)}</strong>}
          />
        ))}
      </Rows>
    </Card>
  );
}

interface DifferencesProps {
  changed: readonly MergeRow[];
  sides: MergeSession["sides"];
  onSides: (sides: MergeSession["sides"]) => void;
}

function Differences({ changed, sides, onSides }: DifferencesProps) {
  const ordered = useMemo(() => inOrder(changed), [changed]);
  const { shown, ...rest } = useMore(ordered, 20);
  const conflicts = countConflicts(changed);
  return (
    <Card title="Là où vous différez" icon={Scale} count={changed.length}>
      <p className={styles.soft}>
        {conflicts > 0
          ? fr`${plural(conflicts, "champ a été changé", "champs ont été changés")} des deux côtés : à vous de choisir. Sinon, la valeur d'ici reste. Pour les autres, Relais propose celle qui a été changée en dernier, ou qui n'est pas vide.`
          : fr`Relais propose la valeur qui a été changée en dernier, ou qui n'est pas vide. Changez ce qui ne convient pas.`}
      </p>
      <div className={styles.actions}>
        <Button size="small" onPress={() => onSides(new Map())}>
          Comme proposé
        </Button>
        <Button size="small" onPress={() => onSides(allFrom(changed, "ici"))}>
          Tout garder d’ici
        </Button>
        <Button size="small" onPress={() => onSides(allFrom(changed, "fichier"))}>
          Tout prendre du fichier
        </Button>
      </div>
      <ul className={styles.rows}>
        {shown.map((row) => (
          <li key={`${row.what} ${row.id}`} className={styles.row}>
            <Difference row={row} sides={sides} onSides={onSides} />
          </li>
        ))}
      </ul>
      <More {...rest} what={agree(rest.left, "fiche")} />
    </Card>
  );
}

function Difference({ row, sides, onSides }: { row: MergeRow } & Omit<DifferencesProps, "changed">) {
  return (
    <>
      <h3 className={styles.rowTitle}>{row.label}</h3>
      {row.fields.map((field) => (
        <div key={field.field} className={styles.choice}>
          <RadioCards
            label={field.label}
            dense
            numbered={false}
            options={[
              { id: "ici", label: field.here || "vide", hint: "Ici" },
              { id: "fichier", label: field.file || "vide", hint: "Dans le fichier" },
            ]}
            value={sideOf(sides, row, field)}
            onChange={(id) => {
              const side: MergeSide = id === "fichier" ? "fichier" : "ici";
              onSides(new Map(sides).set(keyOf(row, field), side));
            }}
          />
          {field.conflict && (
            <p className={styles.conflict}>
              <CircleAlert size={16} aria-hidden />
              Changé des deux côtés
            </p>
          )}
        </div>
      ))}
    </>
  );
}
