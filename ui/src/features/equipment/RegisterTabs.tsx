//! The parts of the register, under the title of each of its pages: the same line everywhere, the current one said.
//! They are addresses, not tabs of one page: each keeps its own place in the history.
import { useLocation } from "wouter";
import { linkTo } from "../frame/places";
import styles from "./RegisterTabs.module.css";

const PARTS = [
  { path: "/equipements", name: "Liste" },
  { path: "/prets", name: "Prêts" },
  { path: "/recolements", name: "Récolements" },
  { path: "/achats", name: "Achats sur fonds propres" },
  { path: "/import", name: "Import" },
] as const;

export function RegisterTabs() {
  const [location] = useLocation();
  return (
    <nav aria-label="Parties du registre">
      <ul className={styles.parts}>
        {PARTS.map(({ path, name }) => (
          <li key={path}>
            <a
              href={linkTo(path)}
              className={styles.part}
              aria-current={location === path ? "page" : location.startsWith(`${path}/`) ? "true" : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
