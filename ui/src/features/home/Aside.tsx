//! The right column of Accueil: what will leave, and what falls due.
import { CalendarDays, Send } from "lucide-react";
import { Card, Row, Rows } from "../../components/Card";
import { SEND_LOOKS } from "../../components/sendState";
import { agree, fr, plural, shortDay } from "../../text/fr";
import type { OutboxRow, Season } from "../../wire/types";
import { Terms } from "../convention/Terms";
import { linkTo } from "../frame/places";
import styles from "./Home.module.css";

export function SendsCard({ rows, total }: { rows: readonly OutboxRow[]; total: number }) {
  return (
    <Card title="À envoyer" icon={Send} {...(total > 0 ? { count: total } : {})}>
      {rows.length === 0 ? (
        <p className={styles.quiet}>Rien n’attend. Ce que vous signalez passe par ici avant de partir.</p>
      ) : (
        <Rows>
          {rows.map((row) => (
            <Row
              key={row.id}
              {...SEND_LOOKS[row.state]}
              title={row.title}
              state={row.sentence}
              href={linkTo("/envois")}
            />
          ))}
        </Rows>
      )}
      {total > rows.length && (
        <a className={styles.all} href={linkTo("/envois")}>
          Voir tous les envois
        </a>
      )}
    </Card>
  );
}

/** `equipment`: how many machines the register holds; an empty one is the first thing that falls due. */
export function SeasonCard({ season, equipment }: { season: Season; equipment: number | undefined }) {
  const lines: { id: string; path: string; strong: string; rest: string }[] = [];
  if (season.october) {
    lines.push({
      id: "october",
      path: "/contacts",
      strong: "Liste des correspondants",
      rest: "dressée en octobre par l’Académie\u202f: vérifiez que vos contacts sont à jour",
    });
  }
  if (season.broken > 0) {
    lines.push({
      id: "broken",
      path: "/equipements",
      strong: plural(season.broken, "équipement"),
      rest: "en panne",
    });
  }
  if (season.warranties_ending > 0) {
    lines.push({
      id: "warranties",
      path: "/equipements",
      strong: plural(season.warranties_ending, "garantie"),
      rest: `${agree(season.warranties_ending, "finit", "finissent")} avant le ${shortDay(season.warranties_until)}`,
    });
  }
  if (season.not_validated > 0) {
    lines.push({
      id: "not-validated",
      path: "/equipements",
      strong: fr`${plural(season.not_validated, "achat")} sur fonds propres`,
      rest: `${agree(season.not_validated, "attend", "attendent")} l’accord du Département`,
    });
  }
  if (equipment === 0) {
    lines.push({
      id: "register",
      path: "/equipements/nouveau",
      strong: fr`Le registre est vide :`,
      rest: "ajoutez un premier équipement",
    });
  }
  return (
    <Card title="Cette saison" icon={CalendarDays}>
      {lines.length === 0 ? (
        <p className={styles.quiet}>Aucune échéance proche.</p>
      ) : (
        <ul className={styles.season}>
          {lines.map(({ id, path, strong, rest }) => (
            <li key={id}>
              <a href={linkTo(path)}>
                <strong>
                  <Terms within="control">{strong}</Terms>
                </strong>{" "}
                <Terms within="control">{rest}</Terms>
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
