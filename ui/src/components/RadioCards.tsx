//! The answers of a question as cards, chosen by a click, the arrows, or the key of their number.
//! Invariant: a number key never acts while the user is typing in a field or a dialog is open.
import { Fragment, useEffect, useId } from "react";
import { FieldError, Label, Radio, RadioGroup, Text } from "react-aria-components";
import { isTyping } from "../keys";
import { cx } from "./cx";
import { Kbd } from "./Kbd";
import styles from "./RadioCards.module.css";

export interface RadioCard {
  id: string;
  label: string;
  hint?: string | null | undefined;
  /** Answers of the same group stand together under its name. */
  group?: string | null | undefined;
}

interface RadioCardsProps {
  /** The question. `hideLabel` when a heading just above already asks it. */
  label: string;
  hideLabel?: boolean;
  options: readonly RadioCard[];
  value: string | null;
  onChange: (id: string) => void;
  error?: string | undefined;
  /** Keys 1–9, shown at the right. One such group a screen. */
  numbered?: boolean;
  /** Two columns where there is room, for a long list. */
  dense?: boolean;
}

interface Group {
  name: string | null;
  cards: { option: RadioCard; rank: number }[];
}

function grouped(options: readonly RadioCard[]): Group[] {
  const groups: Group[] = [];
  options.forEach((option, index) => {
    const name = option.group ?? null;
    const card = { option, rank: index + 1 };
    const last = groups.at(-1);
    if (last && last.name === name) last.cards.push(card);
    else groups.push({ name, cards: [card] });
  });
  return groups;
}

export function RadioCards(props: RadioCardsProps) {
  const { label, hideLabel, options, value, onChange, error, numbered = true, dense } = props;
  const base = useId();
  useEffect(() => {
    if (!numbered) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) return;
      const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined;
      if (option) {
        event.preventDefault();
        onChange(option.id);
      }
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [options, onChange, numbered]);

  return (
    <RadioGroup value={value} onChange={onChange} isInvalid={Boolean(error)} className={cx(styles.group)}>
      <Label className={cx(hideLabel ? "visually-hidden" : styles.label)}>{label}</Label>
      {grouped(options).map(({ name, cards }) => {
        const list = (
          <div className={cx(styles.cards, dense && styles.dense)}>
            {cards.map(({ option, rank }) => (
              <Card key={option.id} option={option} rank={numbered && rank <= 9 ? rank : null} />
            ))}
          </div>
        );
        const first = cards[0]?.option.id;
        if (name === null) return <Fragment key={first}>{list}</Fragment>;
        return (
          <div key={first} role="group" aria-labelledby={`${base}-${first}`} className={styles.section}>
            <p id={`${base}-${first}`} className={styles.name}>
              {name}
            </p>
            {list}
          </div>
        );
      })}
      <FieldError className={cx(styles.error)}>{error}</FieldError>
    </RadioGroup>
  );
}

function Card({ option, rank }: { option: RadioCard; rank: number | null }) {
  return (
    <Radio value={option.id} className={cx(styles.card)}>
      <span className={styles.dot} aria-hidden />
      <span className={styles.words}>
        {option.label}
        {option.hint && (
          <Text slot="description" className={cx(styles.hint)}>
            {option.hint}
          </Text>
        )}
      </span>
      {rank !== null && (
        <span aria-hidden>
          <Kbd>{String(rank)}</Kbd>
        </span>
      )}
    </Radio>
  );
}
