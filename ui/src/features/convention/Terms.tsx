//! A text whose acronyms are explained, and in which the words looked for are marked.
//!
//! In a plain sentence an acronym is reached by the pointer and by Tab, the first time it stands there; Escape puts the
//! explanation away. Inside a button, a link or the words of a box to tick (`within="control"`), it adds no stop: its
//! title says it. Invariant: without a glossary the text is there all the same.
import { createContext, Fragment, useContext } from "react";
import { Focusable, Tooltip, TooltipTrigger } from "react-aria-components";
import { cx } from "../../components/cx";
import { useCall } from "../../data";
import { marks } from "../../text/marks";
import type { Term } from "../../wire/types";
import styles from "./Terms.module.css";
import { meaningOf, splitTerms } from "./terms";

/** What is looked for on this page; nothing, everywhere else. */
export const Sought = createContext("");

interface TermsProps {
  children: string;
  within?: "text" | "control";
}

export function Terms({ children: text, within = "text" }: TermsProps) {
  // Asked once for the whole window: every text reads the same answer.
  const { data } = useCall("glossary", {});
  if (data === undefined) return <Marked>{text}</Marked>;
  return splitTerms(text, data.terms).map(({ text: words, term }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the sentence.
    <Fragment key={index}>
      {term === null ? <Marked>{words}</Marked> : <Acronym term={term} words={words} within={within} />}
    </Fragment>
  ));
}

function Acronym({ term, words, within }: { term: Term; words: string; within: "text" | "control" }) {
  if (within === "control") {
    return (
      <abbr title={meaningOf(term)} className={styles.term}>
        <Marked>{words}</Marked>
      </abbr>
    );
  }
  return (
    <TooltipTrigger delay={250} closeDelay={150}>
      <Focusable>
        <abbr tabIndex={0} className={styles.term}>
          <Marked>{words}</Marked>
        </abbr>
      </Focusable>
      <Tooltip className={cx(styles.tip)} offset={6}>
        {meaningOf(term)}
      </Tooltip>
    </TooltipTrigger>
  );
}

/** The words looked for, marked; without acronyms, for the names of the glossary itself. */
export function Marked({ children: text }: { children: string }) {
  const sought = useContext(Sought);
  if (sought === "") return text;
  return marks(text, sought).map(({ text: words, hit }, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a piece is its place in the sentence.
    <Fragment key={index}>{hit ? <mark className={styles.hit}>{words}</mark> : words}</Fragment>
  ));
}
