//! Beside the question: who takes care of it and why, by which way, what is joined, what is already open about it.
//! It follows each answer; before anything is known it says so.
import { Boxes, PhoneCall, Route as RouteIcon, Scale, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../components/Card";
import { PartyAnswer, partyFullName } from "../../components/PartyBadge";
import { PathSteps } from "../../components/Steps";
import { useCall } from "../../data";
import type { GuideView, Route } from "../../wire/types";
import { Quoted } from "../convention/Quoted";
import { Terms } from "../convention/Terms";
import { BASES } from "../convention/words";
import { Callers } from "../tickets/Callers";
import { Notices } from "./Notices";
import styles from "./Report.module.css";

/** `similar`: what is already open, unless the summary asks about it itself. */
export function Beside({ view, similar }: { view: GuideView; similar: ReactNode }) {
  const { route, summary, callers, reflexes } = view;
  return (
    <>
      <WhoCares route={route} activity={view.activity_label} notices={summary === null} />
      {callers.length > 0 && reflexes === null && summary === null && (
        <Card title="Qui appeler" icon={PhoneCall}>
          <Callers callers={callers} label="Qui appeler" contract />
        </Card>
      )}
      {similar}
      {route && route.path.length > 0 && !summary?.settled && <Path stations={route.path} leaves={view.will_be_sent} />}
      {view.attached.length > 0 && (
        <Card title="Ce que Relais joint déjà" icon={Boxes}>
          <ul className={styles.facts}>
            {view.attached.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

function WhoCares({ route, activity, notices }: { route: Route | null; activity: string | null; notices: boolean }) {
  return (
    <Card title="Qui s’en occupe" icon={Scale} {...(route ? { edge: route.party } : {})}>
      {/* Announced when the answer changes, and only then. */}
      <p role="status" className="visually-hidden">
        {route && `Qui s’en occupe\u202f: ${partyFullName(route.party)}`}
      </p>
      {route ? (
        <>
          <div>
            <PartyAnswer party={route.party} />
            {activity && <p className={styles.activity}>{activity}</p>}
          </div>
          <p>
            <Terms>{route.explanation}</Terms>
          </p>
          <Quoted source={route.source} note={route.note} />
          {route.basis !== "ecrit" && <p className={styles.quiet}>{BASES[route.basis]}</p>}
          {notices && <Notices before={route.before} warnings={route.warnings} />}
        </>
      ) : (
        <p className={styles.quiet}>Relais vous le dira dès que vos réponses suffiront, en citant la convention.</p>
      )}
    </Card>
  );
}

function Path({ stations, leaves }: { stations: readonly string[]; leaves: boolean }) {
  const { data: status } = useCall("status", {});
  const link = status?.network.link;
  const offline = link === "hors-ligne" || link === "portail";
  return (
    <Card title="Chemin de la demande" icon={RouteIcon}>
      <PathSteps stations={stations} />
      {leaves && offline && (
        <p className={styles.weather}>
          <WifiOff size={18} aria-hidden /> Partira au retour du réseau
        </p>
      )}
    </Card>
  );
}
