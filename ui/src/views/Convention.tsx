//! Convention: the matrix and the annexes, to explore with their sources.
//! Left out on purpose: completing a cell, and comparing two versions of the pack, which do not exist yet.
import { SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "../components/Button";
import { Callout } from "../components/Callout";
import { EmptyState } from "../components/EmptyState";
import { Page } from "../components/Page";
import { SearchField } from "../components/SearchField";
import { Skeleton } from "../components/Skeleton";
import { Tabs } from "../components/Tabs";
import { useNarrow } from "../components/useNarrow";
import { useCall } from "../data";
import { explain } from "../errors/table";
import { Charter, EquipmentTypes, Glossary, Missions, Rules, Users } from "../features/convention/Annexes";
import styles from "../features/convention/Annexes.module.css";
import { MatrixPart } from "../features/convention/MatrixPart";
import { type Part, searched } from "../features/convention/search";
import { day, fr, number, quote } from "../text/fr";
import type { ConventionView } from "../wire/types";

const TITLE = "La convention";
const PURPOSE = "Qui décide, installe, dépanne et conseille";

const PARTS: readonly { id: Part; label: string; brief?: string }[] = [
  { id: "matrice", label: "Matrice" },
  { id: "utilisateurs", label: "Utilisateurs administratifs", brief: "Utilisateurs" },
  { id: "equipements", label: "Équipements" },
  { id: "regles", label: "Règles" },
  { id: "missions", label: "Missions" },
  { id: "charte", label: "Charte" },
  { id: "glossaire", label: "Glossaire" },
];

export default function Convention({ serviceId }: { serviceId: string | null }) {
  const { data: view, error } = useCall("convention", {});
  if (error) {
    return (
      <Page title={TITLE} subtitle={PURPOSE}>
        <Callout tone="bad" title="La convention ne peut pas être lue" announce>
          {explain(error)}
        </Callout>
      </Page>
    );
  }
  if (!view) {
    return (
      <Page title={TITLE} subtitle={PURPOSE}>
        <Skeleton lines={14} label="Chargement de la convention" />
      </Page>
    );
  }
  return <Explorer key={serviceId} view={view} serviceId={serviceId} />;
}

function Explorer({ view, serviceId }: { view: ConventionView; serviceId: string | null }) {
  const [part, setPart] = useState<Part>("matrice");
  const [typed, setTyped] = useState("");
  const isNarrow = useNarrow(720);
  const isMiddle = useNarrow(1100);
  // The grid scrolls inside, under its heading; the texts scroll with the page.
  const fills = part === "matrice" && !isNarrow;
  const found = searched(view, typed);
  const search = (
    <SearchField label="Chercher dans la convention" placeholder="Chercher" value={typed} onChange={setTyped} />
  );
  const nothing = <Nothing typed={typed} counts={found.counts} onPart={setPart} onClear={() => setTyped("")} />;
  const contents: Record<Part, ReactNode> = {
    matrice: <MatrixPart families={view.families} matches={found.matches} asked={serviceId} nothing={nothing} />,
    utilisateurs: <Users users={found.view.users} />,
    equipements: <EquipmentTypes types={found.view.equipment_types} />,
    regles: <Rules rules={found.view.rules} />,
    missions: <Missions missions={found.view.missions} />,
    charte: <Charter sections={found.view.charter} />,
    glossaire: <Glossary terms={found.view.glossary} />,
  };
  return (
    <Page
      fill={fills}
      title={TITLE}
      subtitle={fr`${PURPOSE} — version du ${day(view.signed_on)}, ${number(view.cells_known)} cases connues sur ${number(view.cells_total)}`}
      actions={search}
    >
      <Tabs
        fill={fills}
        label="Parties de la convention"
        selected={part}
        onSelect={setPart}
        parts={PARTS.map(({ id, label, brief }) => ({
          id,
          label: isMiddle && brief ? brief : label,
          content: id === "matrice" || found.counts[id] > 0 ? contents[id] : nothing,
        }))}
      />
    </Page>
  );
}

interface NothingProps {
  typed: string;
  counts: Record<Part, number>;
  onPart: (part: Part) => void;
  onClear: () => void;
}

/** Nothing in this part: the parts where something answers are one press away. */
function Nothing({ typed, counts, onPart, onClear }: NothingProps) {
  const elsewhere = PARTS.filter(({ id }) => counts[id] > 0);
  return (
    <EmptyState
      icon={SearchX}
      title={fr`Rien ne répond à ${quote(typed)} ici`}
      action={
        <div className={styles.elsewhere}>
          {elsewhere.map(({ id, label }) => (
            <Button key={id} onPress={() => onPart(id)}>
              {fr`${label} (${counts[id]})`}
            </Button>
          ))}
          <Button variant="quiet" onPress={onClear}>
            Effacer la recherche
          </Button>
        </div>
      }
    >
      {elsewhere.length > 0
        ? "D’autres parties de la convention en parlent."
        : "Essayez un mot plus court, ou le sigle du logiciel."}
    </EmptyState>
  );
}
