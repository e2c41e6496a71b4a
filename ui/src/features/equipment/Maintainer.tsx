//! « Qui s’en occupe »: the answer first, then why, what must come first, and the way a request takes.
//! Invariant: everything here was decided by the convention; this card only lays it out.
import { Scale } from "lucide-react";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { PartyAnswer } from "../../components/PartyBadge";
import { PathSteps } from "../../components/Steps";
import type { Route } from "../../wire/types";
import { Quoted } from "../convention/Quoted";
import { Terms } from "../convention/Terms";
import styles from "./Record.module.css";

export function Maintainer({ route }: { route: Route }) {
  const { party, explanation, source, note, before, warnings, path } = route;
  return (
    <Card title="Qui s’en occupe" icon={Scale} edge={party}>
      <PartyAnswer party={party} />
      <p>
        <Terms>{explanation}</Terms>
      </p>
      {warnings.map((warning) => (
        <Callout key={warning} tone="care">
          <Terms>{warning}</Terms>
        </Callout>
      ))}
      {before.length > 0 && (
        <div>
          <h3 className={styles.small}>D’abord</h3>
          <ul className={styles.bullets}>
            {before.map((step) => (
              <li key={step}>
                <Terms>{step}</Terms>
              </li>
            ))}
          </ul>
        </div>
      )}
      <Quoted source={source} note={note} />
      {path.length > 0 && (
        <div>
          <h3 className={styles.small}>Chemin de la demande</h3>
          <PathSteps stations={path} />
        </div>
      )}
    </Card>
  );
}
