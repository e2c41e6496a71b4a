//! Contacts: who to call for what, by role, and the one chosen beside.
//! Invariant: people who left are hidden unless asked for, and an address that leads to one still shows them.
import { ArrowLeft, ContactRound, FileUp, SearchX, UserPlus, UserRoundX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../components/Button";
import { Checkbox } from "../components/Checkbox";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page, Toolbar } from "../components/Page";
import { SearchField } from "../components/SearchField";
import { Skeleton } from "../components/Skeleton";
import { SplitPane } from "../components/SplitPane";
import { useNarrow } from "../components/useNarrow";
import { useCall } from "../data";
import { ContactCard } from "../features/contacts/ContactCard";
import { ContactDialog } from "../features/contacts/ContactDialog";
import { ContactList } from "../features/contacts/ContactList";
import styles from "../features/contacts/Contacts.module.css";
import { ExportContacts } from "../features/contacts/ExportContacts";
import { linkTo, pathTo } from "../features/frame/places";
import { fr, quote } from "../text/fr";

export default function Contacts({ contactId }: { contactId: string | null }) {
  const [, go] = useLocation();
  const alone = useNarrow(960);
  const [text, setText] = useState("");
  const [withDeparted, setWithDeparted] = useState(false);
  const [editing, setEditing] = useState<"new" | "chosen" | null>(null);
  const [walked, setWalked] = useState<string | null>(null);
  const list = useCall("contact_list", { text, with_departed: withDeparted });
  const everyone = useCall("contact_list", { text: "", with_departed: true });

  const shownId = contactId ?? (alone ? null : (list.data?.groups[0]?.contacts[0]?.id ?? null));
  const chosen = everyone.data?.groups.flatMap(({ contacts }) => contacts).find(({ id }) => id === shownId) ?? null;
  const reading = alone && contactId !== null;

  const page = useRef<HTMLDivElement>(null);
  const shownBefore = useRef(contactId);
  const there = chosen !== null;
  useEffect(() => {
    if (!alone || shownBefore.current === contactId || (contactId !== null && !there)) return;
    shownBefore.current = contactId;
    // The list and the card take each other's place: the focus follows.
    page.current
      ?.querySelector<HTMLElement>(contactId === null ? 'a[data-contact][tabindex="0"]' : "article h2")
      ?.focus();
  }, [alone, contactId, there]);

  // Without any contact, there is nothing to show beside: the list teaches, alone.
  const nobodyYet = shownId === null && list.data?.total === 0 && text.trim() === "";
  const box = (
    <div className={styles.box}>
      {list.data ? (
        list.data.total > 0 ? (
          <ContactList
            groups={list.data.groups}
            activeId={alone ? (walked ?? contactId) : shownId}
            onWalk={(id) => (alone ? setWalked(id) : go(pathTo.contact(id), { replace: true }))}
          />
        ) : (
          <NoContact text={text} onClear={() => setText("")} onAdd={() => setEditing("new")} />
        )
      ) : (
        <div className={styles.loading}>
          <Skeleton lines={9} label="Chargement des contacts" />
        </div>
      )}
    </div>
  );
  const narrowed = text.trim() !== "" || withDeparted;
  const shown = list.data?.groups.flatMap(({ contacts }) => contacts.map(({ id }) => id)) ?? [];
  const actions = (
    <>
      {shown.length > 0 && <ExportContacts ids={narrowed ? shown : null} />}
      <LinkButton icon={FileUp} href={linkTo("/import/contacts")}>
        Importer
      </LinkButton>
      <Button variant="primary" icon={UserPlus} onPress={() => setEditing("new")}>
        Ajouter un contact
      </Button>
    </>
  );
  return (
    <div ref={page} className={styles.view}>
      <Page title="Contacts" subtitle="Qui appeler pour quoi" actions={actions} fill={!alone}>
        {!reading && (
          <Toolbar>
            <SearchField
              label="Chercher qui appeler"
              placeholder="Nom, organisme, copieur, mot de passe, SIECLE…"
              value={text}
              onChange={setText}
            />
            <Checkbox isSelected={withDeparted} onChange={setWithDeparted}>
              Montrer aussi les personnes parties
            </Checkbox>
          </Toolbar>
        )}
        {list.error ? (
          <Failed title="Les contacts n’ont pas pu être lus" error={list.error} onRetry={() => void list.refetch()} />
        ) : nobodyYet ? (
          box
        ) : (
          <SplitPane
            slim
            list={box}
            detail={
              shownId === null ? null : chosen ? (
                <ContactCard key={chosen.id} contact={chosen} onEdit={() => setEditing("chosen")} />
              ) : everyone.data ? (
                <EmptyState icon={UserRoundX} title="Ce contact n’est plus là" />
              ) : (
                <Skeleton lines={6} label="Chargement du contact" />
              )
            }
            detailLabel="Contact choisi"
            placeholder={
              <EmptyState icon={ContactRound} title="Un contact se lit ici">
                Son numéro, ses horaires, et ce pour quoi l’appeler.
              </EmptyState>
            }
            back={
              <a href={linkTo("/contacts")} className={styles.back}>
                <ArrowLeft size={16} aria-hidden />
                Tous les contacts
              </a>
            }
          />
        )}
      </Page>
      <ContactDialog
        contact={editing === "chosen" ? chosen : null}
        isOpen={editing !== null}
        onClose={() => setEditing(null)}
        onSaved={(id) => go(pathTo.contact(id), { replace: true })}
      />
    </div>
  );
}

function NoContact({ text, onClear, onAdd }: { text: string; onClear: () => void; onAdd: () => void }) {
  if (text.trim() === "") {
    return (
      <EmptyState
        icon={ContactRound}
        title="Aucun contact"
        action={
          <Toolbar>
            <LinkButton icon={FileUp} href={linkTo("/import/contacts")}>
              Importer des contacts
            </LinkButton>
            <Button onPress={onAdd}>Ajouter un contact</Button>
          </Toolbar>
        }
      >
        Notez qui l’on appelle, et pour quoi{"\u202f"}: la DSI, l’Académie, l’éditeur de Pronote, le technicien du
        copieur… Ou importez les cartes de visite de votre téléphone.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={SearchX}
      title="Aucun contact trouvé"
      action={<Button onPress={onClear}>Effacer la recherche</Button>}
    >
      {fr`Rien ne contient ${quote(text.trim())} : essayez un nom, un organisme ou une panne.`}
    </EmptyState>
  );
}
