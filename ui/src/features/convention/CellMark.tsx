//! A responsible party in a narrow cell: its colour and a shortened word; the whole word is what is read aloud.
import { cx } from "../../components/cx";
import { type Party, PartyBadge, partyClass, partyName } from "../../components/PartyBadge";
import styles from "./Matrix.module.css";

const SHORT: Partial<Record<Party, string>> = {
  departement: "Départ.",
  academie: "Acad.",
  "collectivite-ou-etablissement": "Dép./coll.",
};

export function CellMark({ party, quiet }: { party: Party; quiet: boolean }) {
  const short = SHORT[party];
  if (party === "sans-objet") return <span className={cx(styles.badge, styles.quiet)}>{partyName(party)}</span>;
  if (quiet || short !== undefined) {
    return (
      <span className={cx(styles.badge, quiet ? styles.quiet : partyClass(party))}>
        <span aria-hidden>{short ?? (party === "inconnu" ? "?" : partyName(party))}</span>
        <span className="visually-hidden">{partyName(party)}</span>
      </span>
    );
  }
  return <PartyBadge party={party} short />;
}
