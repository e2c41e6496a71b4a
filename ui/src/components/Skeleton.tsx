//! The place of what is coming, at its size, so that nothing jumps when it comes. Announced once as « Chargement ».
import styles from "./Skeleton.module.css";

export function Skeleton({ lines = 3, label = "Chargement" }: { lines?: number; label?: string }) {
  return (
    <div className={styles.skeleton} role="status">
      <span className="visually-hidden">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: identical bars have no other name.
        <span key={line} className={styles.bar} aria-hidden />
      ))}
    </div>
  );
}
