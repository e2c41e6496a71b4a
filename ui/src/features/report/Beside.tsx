//! Beside the question: who takes care of it and why, by which way, what is joined, what is already open about it.
//! It follows each answer; before anything is known it says so.
import { Boxes, FolderSearch, Route as RouteIcon, Scale, WifiOff } from "lucide-react";
import { Card, Row, Rows } from "../../components/Card";
import { PartyAnswer, partyFullName } from "../../components/PartyBadge";
import { RelativeTime } from "../../components/RelativeTime";
import { PathSteps } from "../../components/Steps";
import { useCall } from "../../data";
import type { GuideView, Route, TicketRow } from "../../wire/types";
import { Quoted } from "../convention/Quoted";
import { BASES } from "../convention/words";
import { linkTo, pathTo } from "../frame/places";
import { Notices } from "./Notices";
import styles from "./Report.module.css";

export function Beside({ view }: { view: GuideView }) {
  const { route, summary } = view;
  return (
    <>
      <WhoCares route={route} activity={view.activity_label} notices={summary === null} />
      {view.similar.length > 0 && <Similar tickets={view.similar} />}
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
          <p>{route.explanation}</p>
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

function Similar({ tickets }: { tickets: readonly TicketRow[] }) {
  return (
    <Card title={"Déjà signalé\u202f?"} icon={FolderSearch}>
      <p className={styles.quiet}>Ces dossiers sont ouverts au même endroit. Le vôtre y est peut-être déjà.</p>
      <Rows label="Dossiers ouverts semblables">
        {tickets.map((ticket) => (
          <Row
            key={ticket.id}
            title={ticket.title}
            href={linkTo(pathTo.ticket(ticket.id))}
            meta={
              <>
                {ticket.hint || (ticket.number ?? ticket.reference)} · <RelativeTime when={ticket.created_at_ms} />
              </>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}
