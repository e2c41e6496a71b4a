//! What the typed line could mean, the likeliest first, and « none of these » last.
//! Invariant: a number chooses only while the focus is on a proposal: in the line itself it is part of « B204 ».
import { ListChecks } from "lucide-react";
import { type KeyboardEvent, useRef } from "react";
import { Button } from "react-aria-components";
import { cx } from "../../components/cx";
import { Kbd } from "../../components/Kbd";
import { plural } from "../../text/fr";
import type { Proposal } from "../../wire/types";
import { NATURES } from "../tickets/words";
import { NATURE_ICONS } from "./natures";
import type { Answers } from "./Start";
import styles from "./Start.module.css";

interface ProposalsProps {
  /** A line has been typed. */
  asked: boolean;
  proposals: readonly Proposal[] | undefined;
  onChoose: (answers: Answers) => void;
  /** Up from the first: back to the line. */
  onLeave: () => void;
}

export function Proposals({ asked, proposals, onChoose, onLeave }: ProposalsProps) {
  const list = useRef<HTMLOListElement>(null);
  if (!asked || !proposals) return <p role="status" className="visually-hidden" />;
  const none = proposals.length === 0;

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>("button") ?? [])];
    const here = buttons.findIndex((button) => button.matches(":focus"));
    const rank = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : null;
    if (rank !== null) buttons[rank]?.click();
    else if (event.key === "ArrowDown") buttons[Math.min(here + 1, buttons.length - 1)]?.focus();
    else if (event.key === "ArrowUp" && here > 0) buttons[here - 1]?.focus();
    else if (event.key === "ArrowUp") onLeave();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <p role="status" className="visually-hidden">
        {none ? "Aucune proposition." : `${plural(proposals.length, "proposition")}.`}
      </p>
      <ol ref={list} aria-label="Propositions" className={styles.proposals} onKeyDown={onKeyDown}>
        {proposals.map((proposal, index) => (
          <li key={`${proposal.title} ${proposal.service_label}`}>
            <Choice
              rank={index + 1}
              first={index === 0}
              onPress={() => onChoose(proposal.answers)}
              proposal={proposal}
            />
          </li>
        ))}
        <li>
          <Button className={cx(styles.proposal, styles.other)} onPress={() => onChoose({})}>
            <ListChecks size={20} aria-hidden />
            <span className={styles.words}>
              <span className={styles.title}>{none ? "Répondre aux questions" : "Aucune de ces propositions"}</span>
              <span className={styles.meta}>
                {none
                  ? "Relais ne reconnaît pas ces mots\u202f: quelques questions suffiront."
                  : "Votre ligne est gardée, les questions commencent au début."}
              </span>
            </span>
            <Keys rank={proposals.length + 1} first={none} />
          </Button>
        </li>
      </ol>
    </>
  );
}

interface ChoiceProps {
  proposal: Proposal;
  rank: number;
  first: boolean;
  onPress: () => void;
}

function Choice({ proposal, rank, first, onPress }: ChoiceProps) {
  const Icon = NATURE_ICONS[proposal.nature];
  const { title, equipment_label, room, machines, nature, service_label } = proposal;
  // The title may count them already.
  const counted = machines === null || new RegExp(`\\b${machines}\\b`).test(title);
  const facts = [
    equipment_label,
    !counted && plural(machines, "appareil"),
    room,
    NATURES[nature],
    service_label,
  ].filter((fact) => fact && !title.includes(fact));
  return (
    <Button className={cx(styles.proposal, first && styles.first)} onPress={onPress}>
      <Icon size={20} aria-hidden />
      <span className={styles.words}>
        <span className={styles.title}>{title}</span>
        <span className={styles.meta}>{facts.join(" · ")}</span>
      </span>
      <Keys rank={rank} first={first} />
    </Button>
  );
}

function Keys({ rank, first }: { rank: number; first: boolean }) {
  return (
    <span className={styles.keys} aria-hidden>
      {first && <Kbd>Entrée</Kbd>}
      {rank <= 9 && <Kbd>{String(rank)}</Kbd>}
    </span>
  );
}
