//! The beginning: one typed line, and what it could mean. From the line, Enter takes the first proposal, the down arrow
//! goes to the others, where a number chooses. Without a line, the questions themselves.
//! Left out on purpose: any reading of the line, which the application does.
import { ArrowRight, Trash2 } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Input, Label, Text, TextField } from "react-aria-components";
import { useLocation } from "wouter";
import { Button, IconButton } from "../../components/Button";
import { Card, Row, Rows } from "../../components/Card";
import { cx } from "../../components/cx";
import { Columns, Page } from "../../components/Page";
import { RelativeTime } from "../../components/RelativeTime";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { useKeptFocus } from "../../components/useKeptFocus";
import { useAct, useCall } from "../../data";
import type { AnswerValue, DraftRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import { Proposals } from "./Proposals";
import styles from "./Start.module.css";
import { useSettled } from "./useSettled";

/** Carried by the history when a line is taken up again: the draft it replaces stays until another begins. */
export interface Restart {
  text: string;
  replaces: string;
}

function restartOf(state: unknown): Restart | null {
  if (typeof state !== "object" || state === null || !("text" in state) || !("replaces" in state)) return null;
  const { text, replaces } = state;
  return typeof text === "string" && typeof replaces === "string" ? { text, replaces } : null;
}

export type Answers = { [question: string]: AnswerValue };

export function Start() {
  const [, go] = useLocation();
  const [restart] = useState(() => restartOf(history.state));
  const [text, setText] = useState(restart?.text ?? "");
  const [entered, setEntered] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const hint = useId();
  const line = text.trim();
  const settled = useSettled(line, 120);
  const proposing = useCall("guide_propose", { text: settled }, { when: settled !== "" });
  const current = settled === line && !proposing.isPlaceholderData && !proposing.isFetching;
  const proposals = line === "" ? undefined : proposing.data?.proposals;
  const { mutateAsync: start, isPending } = useAct("guide_start");
  const { mutateAsync: discard } = useAct("guide_discard");
  const { mutateAsync: restore } = useAct("guide_restore");

  // The line is what this screen is for: the focus is there, after the heading had it.
  useEffect(() => field.current?.focus(), []);

  const begin = async (answers: Answers) => {
    if (isPending) return;
    const { draft_id } = await start({ text: line, answers, equipment_id: null });
    if (restart) await discard({ id: restart.replaces });
    go(pathTo.draft(draft_id));
    if (!restart) return;
    const undo = () => void restore({ id: restart.replaces }).then(() => go(pathTo.draft(restart.replaces)));
    say({ text: "Ce nouveau départ remplace le brouillon précédent.", action: { label: "Annuler", run: undo } });
  };
  // A failure has raised its message; the line stays.
  const choose = (answers: Answers) => void begin(answers).catch(() => undefined);

  // Enter pressed before the proposals of the last letters came: it counts once they are there.
  const first = proposals?.[0]?.answers;
  const taken = entered && current;
  const take = useRef(() => {});
  take.current = () => choose(first ?? {});
  useEffect(() => {
    if (!taken) return;
    setEntered(false);
    take.current();
  }, [taken]);

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (line !== "") setEntered(true);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown") return;
    const button = list.current?.querySelector("button");
    if (!button) return;
    event.preventDefault();
    button.focus();
  };

  return (
    <Page title="Signaler un problème" subtitle={"Une panne, une demande, une question\u202f: dites-le en une ligne"}>
      <Columns asideLabel="Brouillons" aside={<Unfinished />}>
        <Card>
          <form className={styles.start} onSubmit={onSubmit}>
            <TextField
              className={cx(styles.line)}
              value={text}
              onChange={(next) => {
                setEntered(false);
                setText(next);
              }}
              aria-describedby={hint}
            >
              <Label className={cx(styles.label)}>{"Que se passe-t-il\u202f?"}</Label>
              <Input
                ref={field}
                className={cx(styles.input)}
                placeholder={"Par exemple\u202f: imprimante CDI bourrage"}
                autoComplete="off"
                spellCheck
                onKeyDown={onKeyDown}
              />
              <Text slot="description" id={hint} className={cx(styles.hint)}>
                {proposals && proposals.length > 0
                  ? "Entrée prend la première proposition\u202f; ↓, puis un chiffre, en choisit une autre."
                  : "Quelques mots suffisent\u202f: l’appareil, la salle, ce qui ne va pas."}
              </Text>
            </TextField>
            <div ref={list}>
              <Proposals
                asked={line !== ""}
                proposals={proposals}
                onChoose={choose}
                onLeave={() => field.current?.focus()}
              />
            </div>
            {line === "" && (
              <div>
                <Button endIcon={ArrowRight} onPress={() => choose({})}>
                  Passer directement aux questions
                </Button>
              </div>
            )}
          </form>
        </Card>
      </Columns>
    </Page>
  );
}

function Unfinished() {
  const { data } = useCall("drafts", {});
  useKeptFocus(data?.drafts.map(({ id }) => id).join() ?? "");
  if (!data) {
    return (
      <Card title="Brouillons à finir">
        <Skeleton lines={3} />
      </Card>
    );
  }
  if (data.drafts.length === 0) return <WhatFollows />;
  return (
    <Card title="Brouillons à finir" count={data.drafts.length}>
      <Rows label="Brouillons">
        {data.drafts.map((draft) => (
          <DraftLine key={draft.id} draft={draft} />
        ))}
      </Rows>
    </Card>
  );
}

function DraftLine({ draft }: { draft: DraftRow }) {
  const { mutateAsync: discard } = useAct("guide_discard");
  const { mutateAsync: restore } = useAct("guide_restore");
  const drop = async () => {
    await discard({ id: draft.id });
    const undo = () => void restore({ id: draft.id }).catch(() => undefined);
    say({ text: `Brouillon jeté\u202f: ${draft.title}.`, action: { label: "Annuler", run: undo } });
  };
  return (
    <Row
      title={draft.title}
      href={linkTo(pathTo.draft(draft.id))}
      meta={<RelativeTime when={draft.updated_at_ms} />}
      aside={
        <IconButton
          label={`Jeter le brouillon ${draft.title}`}
          icon={Trash2}
          onPress={() => void drop().catch(() => undefined)}
        />
      }
    />
  );
}

function WhatFollows() {
  return (
    <Card title="Ensuite">
      <ol className={styles.follows}>
        <li>Relais pose une question à la fois, et ne demande pas ce que le registre sait déjà.</li>
        <li>Il dit qui s’en occupe, en citant la convention.</li>
        <li>Vous relisez, puis le dossier part, tout de suite ou au retour du réseau.</li>
      </ol>
    </Card>
  );
}
