//! Convention: the matrix and the annexes, to explore with their sources, to complete and to print.
//! Left out on purpose: another version of the convention, which is opened and compared in Réglages.
import { Printer, SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button } from "../components/Button";
import { EmptyState } from "../components/EmptyState";
import { Failed } from "../components/Failed";
import { Page } from "../components/Page";
import { SearchField } from "../components/SearchField";
import { Skeleton } from "../components/Skeleton";
import { Tabs } from "../components/Tabs";
import { useNarrow } from "../components/useNarrow";
import { useCall } from "../data";
import { Charter, EquipmentTypes, Glossary, Rules, Users } from "../features/convention/Annexes";
import { type Filters, NO_FILTERS } from "../features/convention/filters";
import { focusChosenSoon, type Place } from "../features/convention/Matrix";
import { MatrixPart } from "../features/convention/MatrixPart";
import { Missions } from "../features/convention/Missions";
import { PrintDialog } from "../features/convention/PrintDialog";
import { Results } from "../features/convention/Results";
import { type Hit, type Part, searched } from "../features/convention/search";
import { Sought } from "../features/convention/Terms";
import { linkTo } from "../features/frame/places";
import { day, fr, number, plural, quote } from "../text/fr";
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
  const { data: view, error, refetch } = useCall("convention", {});
  if (view) return <Explorer key={serviceId} view={view} serviceId={serviceId} />;
  return (
    <Page title={TITLE} subtitle={PURPOSE}>
      {error ? (
        <Failed title="La convention n’a pas pu être lue" error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton lines={14} label="Chargement de la convention" />
      )}
    </Page>
  );
}

function Explorer({ view, serviceId }: { view: ConventionView; serviceId: string | null }) {
  const [part, setPart] = useState<Part>("matrice");
  const [typed, setTyped] = useState("");
  // While something is looked for, its answers come first, until a part is chosen.
  const [inResults, setInResults] = useState(false);
  const [filters, setFilters] = useState<Filters>(NO_FILTERS);
  const [place, setPlace] = useState<Place | null>(serviceId === null ? null : { service: serviceId, activity: "mco" });
  const [isPrinting, setPrinting] = useState(false);
  const isNarrow = useNarrow(720);
  const isMiddle = useNarrow(1100);
  const isSearching = typed.trim() !== "";
  const shown = isSearching && inResults ? "reponses" : part;
  // The grid scrolls inside, under its heading; the texts scroll with the page.
  const fills = shown === "matrice" && !isNarrow;
  const found = searched(view, typed);
  const look = (text: string) => {
    if (text.trim() === "" || typed.trim() === "") setInResults(true);
    setTyped(text);
  };
  const clear = () => setTyped("");
  const go = (to: Part, hit: Hit | null) => {
    setInResults(false);
    setPart(to);
    if (to === "matrice") setFilters(NO_FILTERS);
    if (to === "matrice" && hit) setPlace({ service: hit.id, activity: place?.activity ?? "mco" });
    focusChosenSoon();
  };
  const nothing = (
    <EmptyState
      icon={SearchX}
      title={fr`Rien ne répond à ${quote(typed)} ici`}
      action={<Button onPress={() => setInResults(true)}>Chercher dans toute la convention</Button>}
    />
  );
  const contents: Record<Part, ReactNode> = {
    matrice: (
      <MatrixPart
        view={view}
        matches={found.matches}
        filters={filters}
        onFilters={setFilters}
        place={place}
        onPlace={setPlace}
        nothing={nothing}
      />
    ),
    utilisateurs: <Users users={found.view.users} />,
    equipements: <EquipmentTypes types={found.view.equipment_types} />,
    regles: <Rules rules={found.view.rules} />,
    missions: <Missions missions={found.view.missions} all={view.missions} year={view.school_year} />,
    charte: <Charter sections={found.view.charter} />,
    glossaire: <Glossary terms={found.view.glossary} />,
  };
  const parts = PARTS.map(({ id, label, brief }) => {
    const name = (isMiddle || isSearching) && brief ? brief : label;
    return {
      id,
      label: isSearching ? fr`${name} (${found.hits[id].length})` : name,
      content: id === "matrice" || found.hits[id].length > 0 ? contents[id] : nothing,
    };
  });
  const total = PARTS.reduce((sum, { id }) => sum + found.hits[id].length, 0);
  const results = {
    id: "reponses" as const,
    label: fr`Réponses (${total})`,
    content: <Results typed={typed} hits={found.hits} parts={PARTS} onGo={go} onClear={clear} />,
  };
  return (
    <Page
      fill={fills}
      title={TITLE}
      subtitle={<Subtitle view={view} />}
      actions={
        <>
          <SearchField label="Chercher dans la convention" placeholder="Chercher" value={typed} onChange={look} />
          <Button icon={Printer} onPress={() => setPrinting(true)}>
            Imprimer…
          </Button>
        </>
      }
    >
      <p role="status" className="visually-hidden">
        {isSearching && fr`Réponses : ${total}`}
      </p>
      <Sought value={isSearching ? typed : ""}>
        <Tabs
          fill={fills}
          label="Parties de la convention"
          selected={shown}
          onSelect={(id) => {
            setInResults(id === "reponses");
            if (id !== "reponses") setPart(id);
          }}
          parts={isSearching ? [results, ...parts] : parts}
        />
      </Sought>
      <PrintDialog isOpen={isPrinting} onClose={() => setPrinting(false)} />
    </Page>
  );
}

function Subtitle({ view }: { view: ConventionView }) {
  const [, navigate] = useLocation();
  const { version, signed_on, cells_known, cells_total, cells_completed } = view;
  return (
    <>
      <a
        href={linkTo("/reglages")}
        onClick={(event) => {
          event.preventDefault();
          navigate("/reglages", { state: { part: "convention" } });
        }}
      >
        {fr`Version ${version}`}
      </a>
      {fr`, signée le ${day(signed_on)} : ${number(cells_known)} cases connues sur ${number(cells_total)}`}
      {cells_completed > 0 && fr`, ${plural(cells_completed, "complétée")}`}
    </>
  );
}
