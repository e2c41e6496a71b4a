//! One person or desk: what to call for, how to reach them, and which services of the convention they look after.
import { Clock, ContactRound, FileDigit, Mail, Pencil, Phone } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { cx } from "../../components/cx";
import { partyClass } from "../../components/PartyBadge";
import { saySaved } from "../../components/Saved";
import { say } from "../../components/Toast";
import { useAct, useCall } from "../../data";
import { openExternal } from "../../host";
import { fr, shortDay } from "../../text/fr";
import type { Contact } from "../../wire/types";
import { splitLabel } from "../convention/label";
import { Terms } from "../convention/Terms";
import { linkTo, pathTo } from "../frame/places";
import styles from "./Contacts.module.css";
import { Departure } from "./Departure";
import { OpenTicket } from "./OpenTicket";
import { dialled, nameOf, ROLES } from "./words";

export function ContactCard({ contact, onEdit }: { contact: Contact; onEdit: () => void }) {
  const { title, organisation, call_for, phone, email, hours, contract, arrived_on, left_on, role } = contact;
  const name = nameOf(contact);
  const { party, name: roleName } = ROLES[role];
  const cards = useAct("contact_cards");
  return (
    <article className={styles.card}>
      <header>
        <div className={styles.cardTop}>
          <p className={cx(styles.cardRole, party && partyClass(party))}>
            <span className={styles.swatch} aria-hidden />
            {roleName}
          </p>
          <Button size="small" icon={Pencil} onPress={onEdit}>
            Modifier
          </Button>
        </div>
        <h2 tabIndex={-1} className={styles.cardName}>
          {name}
        </h2>
        {title && <p>{title}</p>}
        {organisation && organisation !== name && <p className={styles.soft}>{organisation}</p>}
        {left_on !== null && <p className={styles.departed}>{fr`Départ le ${shortDay(left_on)}`}</p>}
      </header>
      {call_for && (
        <section className={styles.purpose} aria-labelledby="appeler-pour">
          <h3 id="appeler-pour">À appeler pour</h3>
          <p>
            <Terms>{call_for}</Terms>
          </p>
        </section>
      )}
      <ul className={styles.ways}>
        {phone && (
          <li>
            <Phone size={18} aria-hidden />
            <Outside url={dialled(phone)} label={fr`Appeler le ${phone}`}>
              <span className={styles.figures}>{phone}</span>
            </Outside>
            <CopyButton text={phone} what={fr`le numéro de téléphone ${phone}`} />
          </li>
        )}
        {email && (
          <li>
            <Mail size={18} aria-hidden />
            <Outside url={`mailto:${email}`} label={fr`Écrire à ${email}`}>
              {email}
            </Outside>
            <CopyButton text={email} what={fr`l'adresse ${email}`} />
          </li>
        )}
        {hours && (
          <li>
            <Clock size={18} aria-hidden />
            <span className={styles.way}>{hours}</span>
          </li>
        )}
        {contract && (
          <li>
            <FileDigit size={18} aria-hidden />
            <span className={styles.way}>
              <span className={styles.soft}>{fr`Contrat ou client : `}</span>
              <span className={styles.figures}>{contract}</span>
            </span>
            <CopyButton text={contract} what={fr`le numéro de contrat ou de client ${contract}`} />
          </li>
        )}
      </ul>
      <div className={styles.actions}>
        <OpenTicket contact={contact} />
        <Button
          size="small"
          icon={ContactRound}
          isPending={cards.isPending}
          onPress={() => cards.mutate({ ids: [contact.id] }, { onSuccess: saySaved })}
        >
          Carte de visite
        </Button>
        <Departure contact={contact} />
      </div>
      <Services ids={contact.services} />
      {arrived_on !== null && <p className={styles.soft}>{fr`Arrivée le ${shortDay(arrived_on)}`}</p>}
    </article>
  );
}

/** A mail or a call, left to the person's own program. */
function Outside({ url, label, children }: { url: string; label: string; children: ReactNode }) {
  return (
    <a
      href={url}
      aria-label={label}
      className={styles.way}
      onClick={(event) => {
        event.preventDefault();
        openExternal(url).catch(() =>
          say({ text: fr`Aucun programme de cet ordinateur ne s'en charge : copiez plutôt.`, tone: "bad" }),
        );
      }}
    >
      {children}
    </a>
  );
}

function Services({ ids }: { ids: readonly string[] }) {
  const convention = useCall("convention", {}, { when: ids.length > 0 });
  const services = (convention.data?.families ?? []).flatMap((family) => family.services);
  const shown = services.filter(({ id }) => ids.includes(id));
  if (shown.length === 0) return null;
  return (
    <section aria-labelledby="ses-services">
      <h3 id="ses-services" className={styles.small}>
        Services de la convention
      </h3>
      <ul className={styles.services}>
        {shown.map(({ id, label, explanation }) => {
          const { name, rest } = splitLabel(label, explanation);
          return (
            <li key={id}>
              <a href={linkTo(pathTo.service(id))}>
                <Terms within="control">{name}</Terms>
              </a>
              {rest && (
                <span className={styles.rest}>
                  <Terms>{rest}</Terms>
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
