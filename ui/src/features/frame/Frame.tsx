//! What stands around every page: navigation, training banner, network chip, messages, palette, keys.
//! Invariant: the network is weather. The chip says it; nothing here is disabled because of it.
import { Plus, RadioTower, RefreshCw, Wifi, WifiOff } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Switch } from "../../components/Checkbox";
import { Count } from "../../components/Count";
import { cx } from "../../components/cx";
import { Kbd } from "../../components/Kbd";
import { RelativeTime } from "../../components/RelativeTime";
import { ToastRegion } from "../../components/Toast";
import { useAct } from "../../data";
import { useShortcut } from "../../keys";
import type { Network, Profile, Status } from "../../wire/types";
import { useScanner } from "../equipment/useScanner";
import { Palette } from "../search/Palette";
import styles from "./Frame.module.css";
import { KeysDialog } from "./KeysDialog";
import { isIn, linkTo, PLACES } from "./places";

const ROLES: Record<Profile["role"], string> = {
  correspondant: "Correspondant maintenance",
  gestionnaire: "Gestionnaire réseau",
};

export function Frame({ status, children }: { status: Status; children: ReactNode }) {
  const [location, go] = useLocation();
  const [dialog, setDialog] = useState<"search" | "keys" | null>(null);
  useShortcut("n", () => go("/signaler"));
  useShortcut("ctrl+k", () => setDialog("search"));
  useShortcut("?", () => setDialog("keys"));
  useScanner(() => setDialog(null));

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/useValidAnchor: a skip link is a link; hash addresses belong to the router, so it moves the focus itself. */}
      <a
        className={styles.skip}
        href="#contenu"
        onClick={(event) => {
          event.preventDefault();
          document.getElementById("contenu")?.focus();
        }}
      >
        Aller au contenu
      </a>
      <header className={styles.side}>
        <div className={styles.brand}>
          <p className={styles.name}>
            <RadioTower size={24} aria-hidden />
            <span>Relais</span>
          </p>
          {status.profile && (
            <p className={styles.who}>
              {[status.profile.college, status.profile.commune].filter(Boolean).join(" · ")}
              <br />
              {ROLES[status.profile.role]}
            </p>
          )}
        </div>
        <a
          href={linkTo("/signaler")}
          className={styles.report}
          aria-keyshortcuts="n"
          aria-current={location.startsWith("/signaler") ? "page" : undefined}
        >
          <Plus size={18} aria-hidden />
          <span>Signaler</span>
          <Kbd on="button">N</Kbd>
        </a>
        <nav aria-label="Navigation principale" className={styles.nav}>
          <ul>
            {PLACES.map((place) => {
              const { path, name, icon: Icon, count, counted } = place;
              const here = isIn(place, location);
              const value = count?.(status.counts) ?? 0;
              return (
                <li key={path} className={cx(path === "/reglages" && styles.apart)}>
                  <a
                    href={linkTo(path)}
                    className={cx(styles.place, here && styles.here)}
                    aria-current={here ? "page" : undefined}
                  >
                    <Icon size={18} aria-hidden />
                    <span className={styles.placeName}>{name}</span>
                    {value > 0 && (
                      <span className={styles.count}>
                        <Count value={value} />
                        <span className="visually-hidden"> {counted}</span>
                      </span>
                    )}
                  </a>
                </li>
              );
            })}
          </ul>
        </nav>
        <NetworkChip network={status.network} />
      </header>
      <div className={styles.content}>
        {status.mode === "essai" && <TrainingBanner cut={status.training_network_cut} />}
        <main id="contenu" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
      <ToastRegion />
      <Palette isOpen={dialog === "search"} onClose={() => setDialog(null)} />
      <KeysDialog isOpen={dialog === "keys"} onClose={() => setDialog(null)} />
    </div>
  );
}

function NetworkChip({ network }: { network: Network }) {
  const Icon = network.exchanging
    ? RefreshCw
    : network.link === "hors-ligne" || network.link === "portail"
      ? WifiOff
      : Wifi;
  return (
    <section aria-label="Réseau" className={styles.network}>
      <a href={linkTo("/envois")} className={styles.chip}>
        <Icon size={16} aria-hidden />
        <span className={styles.chipWords}>
          <strong>{network.title}</strong>
          <span className={styles.weather}>{network.sentence}</span>
          {network.last_exchange_ms !== null && (
            <span className={styles.weather}>
              Dernier échange{"\u202f"}: <RelativeTime when={network.last_exchange_ms} />
            </span>
          )}
        </span>
      </a>
      {/* Only the change of state is announced, not the passing minutes. */}
      <span role="status" className="visually-hidden">
        {network.title}
      </span>
    </section>
  );
}

function TrainingBanner({ cut }: { cut: boolean }) {
  const network = useAct("training_network");
  return (
    <section aria-label="Collège d’exemple" className={styles.training}>
      <p>
        <strong>Collège d’exemple</strong> — rien ne part vers la vraie plateforme
      </p>
      <Switch isSelected={cut} onChange={(next) => network.mutate({ cut: next })}>
        Couper le réseau
      </Switch>
    </section>
  );
}
