//! The weather beside the queue: how the platform is reached, since when, what is next, and the one-time password.
//! Invariant: the password lives in this field alone and leaves it as soon as it is used, whatever the answer.
import { Hand, KeyRound, type LucideIcon, RefreshCw, Wifi, WifiOff } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { cx } from "../../components/cx";
import { TextField } from "../../components/Field";
import { RelativeTime, useNow } from "../../components/RelativeTime";
import { clock, daysBetween, longDay } from "../../text/fr";
import type { Link, Network, SyncReport, SyncRequest } from "../../wire/types";
import styles from "./Outbox.module.css";

const ICONS: Record<Link, LucideIcon> = {
  inconnu: Wifi,
  "en-ligne": Wifi,
  "hors-ligne": WifiOff,
  portail: WifiOff,
  "connexion-demandee": KeyRound,
  "a-la-main": Hand,
};

interface NetworkCardProps {
  network: Network;
  asksPassword: boolean;
  login: string;
  /** How the last exchange asked from here ended. */
  report: SyncReport | null;
  isExchanging: boolean;
  onExchange: (request: SyncRequest) => void;
  onCancel: () => void;
}

export function NetworkCard(props: NetworkCardProps) {
  const { network, asksPassword, login, report, isExchanging, onExchange, onCancel } = props;
  const now = useNow();
  const away = network.link === "hors-ligne" || network.link === "portail";
  const since = network.since_ms;
  const today = since !== null && daysBetween(since, now) === 0;
  const title =
    since === null || !away ? network.title : `${network.title} depuis ${today ? clock(since) : longDay(since, now)}`;
  return (
    <Card title={title} icon={network.exchanging ? RefreshCw : ICONS[network.link]}>
      <div className={styles.weather}>
        <p>{network.sentence}</p>
        {network.next_try_ms !== null && !network.exchanging && (
          <p>
            {network.next_try_ms - now < 60_000 ? (
              "Prochain essai dans un instant."
            ) : (
              <>
                Prochain essai <RelativeTime when={network.next_try_ms} />.
              </>
            )}
          </p>
        )}
        {network.last_exchange_ms !== null && (
          <p>
            Dernier échange{"\u202f"}: <RelativeTime when={network.last_exchange_ms} />.
          </p>
        )}
      </div>
      <div role="status" className={styles.report}>
        {isExchanging ? "Échange en cours…" : report?.sentence}
      </div>
      {isExchanging && (
        <div>
          <Button size="small" onPress={onCancel}>
            Arrêter après l’envoi en cours
          </Button>
        </div>
      )}
      {asksPassword && (
        <Password
          login={login}
          wanted={report?.login_needed ? report : null}
          isExchanging={isExchanging}
          onExchange={onExchange}
        />
      )}
    </Card>
  );
}

type PasswordProps = Pick<NetworkCardProps, "login" | "isExchanging" | "onExchange"> & {
  /** The exchange that stopped for want of a password: the focus comes to it, once. */
  wanted: SyncReport | null;
};

function Password({ login, wanted, isExchanging, onExchange }: PasswordProps) {
  const form = useRef<HTMLFormElement>(null);
  const [username, setUsername] = useState(login);
  const [password, setPassword] = useState("");
  const [incomplete, setIncomplete] = useState(false);
  const missing = incomplete && (username.trim() === "" || password === "");
  useEffect(() => {
    if (wanted) form.current?.querySelector<HTMLInputElement>('input[type="password"]')?.focus();
  }, [wanted]);
  return (
    <Form
      ref={form}
      className={cx(styles.password)}
      aria-label="Connexion à la plateforme"
      onSubmit={(event) => {
        event.preventDefault();
        const empty = username.trim() === "" ? "input" : password === "" ? 'input[type="password"]' : null;
        setIncomplete(empty !== null);
        if (empty !== null) {
          form.current?.querySelector<HTMLInputElement>(empty)?.focus();
          return;
        }
        onExchange({ username: username.trim(), password });
        setPassword("");
      }}
    >
      <TextField
        label="Identifiant"
        autoComplete="username"
        value={username}
        onChange={setUsername}
        error={missing && username.trim() === "" ? "Saisissez votre identifiant de la plateforme." : undefined}
      />
      <TextField
        label="Mot de passe à usage unique"
        type="password"
        autoComplete="one-time-code"
        value={password}
        onChange={setPassword}
        hint="Il sert tout de suite et n’est jamais enregistré."
        error={missing && password === "" ? "Saisissez le mot de passe que donne votre clé." : undefined}
      />
      <Button type="submit" variant="primary" icon={KeyRound} isPending={isExchanging} wide>
        Se connecter et envoyer
      </Button>
    </Form>
  );
}
