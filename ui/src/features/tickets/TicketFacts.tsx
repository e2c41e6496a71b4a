//! What is known of the dossier, as names and values.
import { Definitions } from "../../components/Definitions";
import { RelativeTime, useNow } from "../../components/RelativeTime";
import { capital, longMoment } from "../../text/fr";
import type { TicketView } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Reading.module.css";
import { CHANNELS, IMPACTS, PERIMETERS, URGENCIES } from "./words";

export function TicketFacts({ ticket }: { ticket: TicketView }) {
  const { row, perimeter, equipment_id } = ticket;
  const now = useNow();
  const equipment =
    row.equipment && equipment_id ? (
      <a href={linkTo(pathTo.equipment(equipment_id))}>{row.equipment}</a>
    ) : (
      row.equipment
    );
  const known = [
    { term: "Équipement", value: equipment },
    { term: "Salle", value: row.room },
    { term: "Service", value: ticket.service_label },
    { term: "Ce qui est demandé", value: ticket.activity_label },
    { term: "Qui est gêné", value: IMPACTS[ticket.impact] },
    { term: "Urgence", value: URGENCIES[ticket.urgency] },
    { term: "Réseau", value: perimeter && PERIMETERS[perimeter] },
    { term: "Passe par", value: CHANNELS[row.channel] },
    { term: "Signalé", value: capital(longMoment(row.created_at_ms, now)) },
    { term: "Dernier mouvement", value: <RelativeTime when={row.updated_at_ms} /> },
  ];
  return (
    <section className={styles.section} aria-labelledby="faits">
      <h3 id="faits">Le dossier en bref</h3>
      <Definitions items={known.filter(({ value }) => value)} />
    </section>
  );
}
