//! Short messages at the bottom right, announced, often with « Annuler ».
//! Invariant: a message with an action stays until it is dismissed or used (no time limit without warning); the others
//! leave after eight seconds, never while the pointer or the focus is on them.
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { Button, IconButton } from "./Button";
import { cx } from "./cx";
import styles from "./Toast.module.css";
import { keepFocus } from "./useKeptFocus";

export interface Message {
  text: string;
  tone?: "good" | "care" | "bad";
  action?: { label: string; run: () => void };
}

type Shown = Message & { id: number };

const STAY_MS = 8000;
let shown: readonly Shown[] = [];
let next = 0;
const listeners = new Set<() => void>();

function set(messages: readonly Shown[]) {
  shown = messages;
  for (const listener of listeners) listener();
}

/** Says it once: the same words already on screen are replaced, not piled up. */
export function say(message: Message): void {
  next += 1;
  set([...shown.filter(({ text }) => text !== message.text).slice(-2), { ...message, id: next }]);
}

/** By its own buttons: the focus was on one of them. */
function close(id: number) {
  dismiss(id);
  keepFocus();
}

function dismiss(id: number) {
  set(shown.filter((message) => message.id !== id));
}

export function ToastRegion() {
  const messages = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
  return (
    <section className={styles.region} aria-label="Messages">
      <div role="status" aria-live="polite" aria-relevant="additions" className={styles.list}>
        {messages.map((message) => (
          <Toast key={message.id} {...message} />
        ))}
      </div>
    </section>
  );
}

function Toast({ id, text, tone = "good", action }: Shown) {
  const [held, setHeld] = useState(false);
  const stays = held || action !== undefined;
  useEffect(() => {
    if (stays) return;
    const timer = window.setTimeout(() => dismiss(id), STAY_MS);
    return () => window.clearTimeout(timer);
  }, [id, stays]);
  const Icon = tone === "good" ? CircleCheck : CircleAlert;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the message, it triggers nothing.
    <div
      className={styles.toast}
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={20} aria-hidden className={cx(styles[tone])} />
      <p className={styles.text}>{text}</p>
      {action && (
        <Button
          size="small"
          onPress={() => {
            close(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Fermer ce message" icon={X} onPress={() => close(id)} />
    </div>
  );
}
