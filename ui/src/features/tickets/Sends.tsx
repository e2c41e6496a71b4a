//! What leaves for the platform because of this dossier, and where each operation stands.
import { Hash, Send } from "lucide-react";
import { Button, LinkButton } from "../../components/Button";
import { Row, Rows } from "../../components/Card";
import { SEND_LOOKS } from "../../components/sendState";
import type { OutboxRow } from "../../wire/types";
import { linkTo } from "../frame/places";
import styles from "./Reading.module.css";

export function Sends({ sends, onNumber }: { sends: readonly OutboxRow[]; onNumber?: () => void }) {
  const waits = sends.some(({ state }) => state !== "accepte" && state !== "retire");
  return (
    <section className={styles.section} aria-labelledby="envois">
      <h3 id="envois">Envois</h3>
      <Rows label="Envois de ce dossier">
        {sends.map(({ id, operation, sentence, detail, state, can_set_number }) => (
          <Row
            key={id}
            {...SEND_LOOKS[state]}
            title={operation}
            state={sentence}
            meta={detail}
            aside={
              can_set_number &&
              onNumber && (
                <Button size="small" icon={Hash} onPress={onNumber}>
                  J’ai le numéro
                </Button>
              )
            }
          />
        ))}
      </Rows>
      {waits && (
        <div>
          <LinkButton size="small" variant="quiet" icon={Send} href={linkTo("/envois")}>
            Voir dans les envois
          </LinkButton>
        </div>
      )}
    </section>
  );
}
