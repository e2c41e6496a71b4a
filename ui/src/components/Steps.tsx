//! Where one stands in a few steps, and the path that a request takes.
import { ArrowRight, Circle, CircleCheck, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";
import styles from "./Steps.module.css";

/** « 1 Votre collège — 2 Votre rôle — 3 La plateforme », the current one marked. */
export function ProgressSteps({ steps, current, label }: { steps: readonly string[]; current: number; label: string }) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={cx(styles.step, index === current && styles.current, index < current && styles.done)}
          aria-current={index === current ? "step" : undefined}
        >
          <span className={styles.number} aria-hidden>
            {index < current ? "✓" : index + 1}
          </span>
          {step}
          {index < current && <span className="visually-hidden">, fait</span>}
        </li>
      ))}
    </ol>
  );
}

/** The stations of a request, the first one reached directly. */
export function PathSteps({ stations }: { stations: readonly string[] }) {
  return (
    <ol className={styles.path}>
      {stations.map((station, index) => {
        const Icon = index === 0 ? CircleCheck : ArrowRight;
        return (
          <li key={station}>
            <Icon size={18} aria-hidden />
            {station}
          </li>
        );
      })}
    </ol>
  );
}

/** A share of a whole, drawn under the words that already say it. */
export function Bar({ value, of, label }: { value: number; of: number; label: string }) {
  const share = of > 0 ? Math.min(1, value / of) : 0;
  return (
    <div
      className={styles.bar}
      role="meter"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={of}
    >
      <span style={{ width: `${share * 100}%` }} />
    </div>
  );
}

export interface DatedStep {
  id: string;
  title: string;
  /** The day it was reached; a step still ahead has none. */
  when?: string;
  /** Reached before, where one stands, or still ahead. */
  place: "done" | "here" | "ahead";
  /** It ended badly: a cross instead of a tick. */
  refused?: boolean;
  body?: ReactNode;
}

/** A path walked over weeks: what was reached and when, where one stands, what is still ahead. */
export function DatedSteps({ steps, label }: { steps: readonly DatedStep[]; label: string }) {
  return (
    <ol className={styles.dated} aria-label={label}>
      {steps.map(({ id, title, when, place, refused, body }) => {
        const Icon = place === "ahead" ? Circle : refused ? CircleX : CircleCheck;
        return (
          <li
            key={id}
            className={cx(styles.station, styles[place], refused && styles.refused)}
            aria-current={place === "here" ? "step" : undefined}
          >
            <Icon size={20} aria-hidden className={styles.mark} />
            <div className={styles.stationBody}>
              <p className={styles.stationHead}>
                <span className={styles.stationTitle}>{title}</span>
                {when && <span className={styles.when}>{when}</span>}
                {place === "ahead" && <span className="visually-hidden">, à venir</span>}
              </p>
              {body}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
