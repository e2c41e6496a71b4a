//! Who has the dossier and why, with the passage it rests on; the path it takes is folded under.
//! What the convention in force would say today stands under it, only when that differs: nothing is moved.

import { Callout } from "../../components/Callout";
import { cx } from "../../components/cx";
import { Disclosure } from "../../components/Disclosure";
import { PartyAnswer, partyClass } from "../../components/PartyBadge";
import { PathSteps } from "../../components/Steps";
import type { Route } from "../../wire/types";
import { Quoted } from "../convention/Quoted";
import { Terms } from "../convention/Terms";
import { BASES } from "../convention/words";
import styles from "./Reading.module.css";
import { whereToday } from "./today";

interface TicketRouteProps {
  /** As it was read when the dossier was made. */
  route: Route;
  /** As it would be now, when that differs. */
  today: Route | null;
  activity: string;
}

export function TicketRoute({ route, today, activity }: TicketRouteProps) {
  return (
    <section className={styles.section} aria-labelledby="qui">
      <h3 id="qui">Qui s’en occupe, et pourquoi</h3>
      <div className={cx(styles.route, partyClass(route.party))}>
        <div>
          <PartyAnswer party={route.party} />
          <p className={styles.soft}>{activity}</p>
        </div>
        {route.explanation && (
          <p>
            <Terms>{route.explanation}</Terms>
          </p>
        )}
        {route.before.length > 0 && (
          <ul className={styles.before} aria-label="D’abord">
            {route.before.map((step) => (
              <li key={step}>
                <Terms>{step}</Terms>
              </li>
            ))}
          </ul>
        )}
        <Quoted source={route.source} note={route.note} />
      </div>
      {today && (
        <Callout title={whereToday(route, today)}>
          <div className={styles.today}>
            <p>
              <Terms>{today.explanation}</Terms>
            </p>
            <Quoted source={today.source} note={today.note} />
            <p className={styles.soft}>
              {BASES[today.basis]} Le dossier reste où il est{"\u202f"}: rien n’est déplacé.
            </p>
          </div>
        </Callout>
      )}
      {route.warnings.map((warning) => (
        <Callout key={warning} tone="care">
          <Terms>{warning}</Terms>
        </Callout>
      ))}
      {route.path.length > 0 && (
        <Disclosure title="Chemin de la demande" level={4}>
          <PathSteps stations={route.path} />
        </Disclosure>
      )}
    </section>
  );
}
