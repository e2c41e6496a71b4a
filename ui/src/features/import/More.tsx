//! A long list shown a part at a time: the rest is counted, and comes when asked for.
import { useState } from "react";
import { Button } from "../../components/Button";
import { fr } from "../../text/fr";
import styles from "./Import.module.css";

export function useMore<Item>(items: readonly Item[], step: number) {
  const [most, setMost] = useState(step);
  return {
    shown: items.slice(0, most),
    left: Math.max(0, items.length - most),
    step,
    more: () => setMost(most + step),
  };
}

export function More({ left, step, more, what }: { left: number; step: number; more: () => void; what: string }) {
  if (left === 0) return null;
  return (
    <div className={styles.more}>
      <Button size="small" onPress={more}>
        {left > step
          ? fr`Montrer ${step} ${what} de plus (il en reste ${left})`
          : fr`Montrer les ${left} ${what} qui restent`}
      </Button>
    </div>
  );
}
