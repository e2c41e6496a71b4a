//! Ctrl K: search everything by typing, walk with the arrows, go with Enter.
//! Left out on purpose: any ranking, which the store does.
import { BookOpen, Contact, FileText, FolderOpen, type LucideIcon, Monitor, Search } from "lucide-react";
import { useState } from "react";
import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useLocation } from "wouter";
import { cx } from "../../components/cx";
import dialogStyles from "../../components/Dialog.module.css";
import { Kbd } from "../../components/Kbd";
import { useCall } from "../../data";
import { quote } from "../../text/fr";
import type { SearchHit } from "../../wire/types";
import { SCANNED_FIELD } from "../equipment/useScanner";
import { PLACES, pathTo } from "../frame/places";
import styles from "./Palette.module.css";

interface Target {
  id: string;
  title: string;
  subtitle: string;
  icon: LucideIcon;
  path: string;
}

const KINDS: Record<string, { icon: LucideIcon; path: (id: string) => string }> = {
  equipement: { icon: Monitor, path: pathTo.equipment },
  contact: { icon: Contact, path: pathTo.contact },
  dossier: { icon: FolderOpen, path: pathTo.ticket },
  brouillon: { icon: FileText, path: pathTo.draft },
  service: { icon: BookOpen, path: pathTo.service },
};

function targetOf({ kind, id, title, subtitle }: SearchHit): Target[] {
  const known = KINDS[kind];
  return known ? [{ id: `${kind}/${id}`, title, subtitle, icon: known.icon, path: known.path(id) }] : [];
}

function placesNamed(text: string): Target[] {
  const wanted = text.trim().toLocaleLowerCase("fr-FR");
  return PLACES.filter(({ name }) => name.toLocaleLowerCase("fr-FR").startsWith(wanted)).map(
    ({ path, name, icon }) => ({
      id: path,
      title: name,
      subtitle: "Aller à cet écran",
      icon,
      path,
    }),
  );
}

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className={cx(dialogStyles.veil)}
    >
      <Modal className={cx(dialogStyles.modal)}>
        <Dialog aria-label="Chercher partout" className={cx(dialogStyles.dialog)}>
          <Finder onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Finder({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [, go] = useLocation();
  const asked = text.trim().length > 0;
  const { data } = useCall("search", { text, limit: 12 }, { when: asked });
  const targets = asked ? [...(data?.hits ?? []).flatMap(targetOf), ...placesNamed(text)] : placesNamed("");
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label="Chercher partout" autoFocus className={cx(styles.field)}>
        <Search size={20} aria-hidden />
        <Input
          {...SCANNED_FIELD}
          placeholder="Matériel, salle, personne, dossier, service…"
          className={cx(styles.input)}
        />
        <Kbd>Échap</Kbd>
      </SearchField>
      <ListBox
        aria-label="Résultats"
        items={targets}
        className={cx(styles.list)}
        onAction={(key) => {
          const target = targets.find(({ id }) => id === key);
          if (!target) return;
          onClose();
          go(target.path);
        }}
        renderEmptyState={() => <p className={styles.empty}>Rien ne répond à {quote(text)}.</p>}
      >
        {({ id, title, subtitle, icon: Icon }) => (
          <ListBoxItem id={id} textValue={title} className={cx(styles.hit)}>
            <Icon size={18} aria-hidden />
            <span className={styles.words}>
              <span>{title}</span>
              <span className={styles.subtitle}>{subtitle}</span>
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Autocomplete>
  );
}
