//! Which screen is shown: what the application can open (stage), then the address.
//! Accueil comes with the first file, since every start shows it; each other view is loaded when first needed.
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { Failed } from "./components/Failed";
import { Skeleton } from "./components/Skeleton";
import { ToastRegion } from "./components/Toast";
import { useCall } from "./data";
import { Frame } from "./features/frame/Frame";
import { applyTheme } from "./features/frame/theme";
import Home from "./views/Home";

const Report = lazy(() => import("./views/Report"));
const Tickets = lazy(() => import("./views/Tickets"));
const Equipment = lazy(() => import("./views/Equipment"));
const EquipmentRecord = lazy(() => import("./views/EquipmentRecord"));
const Import = lazy(() => import("./views/Import"));
const Loans = lazy(() => import("./views/Loans"));
const StockChecks = lazy(() => import("./views/StockChecks"));
const Purchases = lazy(() => import("./views/Purchases"));
const Contacts = lazy(() => import("./views/Contacts"));
const Convention = lazy(() => import("./views/Convention"));
const Outbox = lazy(() => import("./views/Outbox"));
const Settings = lazy(() => import("./views/Settings"));
const FirstStart = lazy(() => import("./views/FirstStart"));
const Locked = lazy(() => import("./views/Locked"));

export function App() {
  const status = useCall("status", {});
  const ready = status.data?.stage === "pret";
  const settings = useCall("settings", {}, { when: ready });
  const theme = settings.data?.theme;
  useEffect(() => {
    if (theme) applyTheme(theme);
  }, [theme]);

  if (!status.data) {
    // A later reading that fails leaves what is shown, and what is being typed, where they are.
    return status.error ? (
      <main>
        <Failed title="Relais ne répond pas" error={status.error} onRetry={() => void status.refetch()} />
      </main>
    ) : null;
  }
  if (status.data.stage === "premier-demarrage") {
    return (
      <Alone>
        <FirstStart />
      </Alone>
    );
  }
  if (!ready) {
    return (
      <Alone>
        <Locked status={status.data} />
      </Alone>
    );
  }
  return (
    <Router hook={useHashLocation}>
      <Frame status={status.data}>
        <Suspense fallback={<Skeleton />}>
          <Switch>
            <Route path="/">
              <Home />
            </Route>
            <Route path="/signaler/:draft?">{({ draft }) => <Report draftId={draft ?? null} />}</Route>
            <Route path="/dossiers/:id?">{({ id }) => <Tickets ticketId={id ?? null} />}</Route>
            <Route path="/equipements">
              <Equipment />
            </Route>
            <Route path="/equipements/:id">{({ id }) => <EquipmentRecord key={id} equipmentId={id} />}</Route>
            <Route path="/import/:kind?">
              {({ kind }) => <Import kind={kind === "contacts" ? "contacts" : "equipements"} />}
            </Route>
            <Route path="/prets/:id?">{({ id }) => <Loans loanId={id ?? null} />}</Route>
            <Route path="/recolements/:id?">{({ id }) => <StockChecks checkId={id ?? null} />}</Route>
            <Route path="/achats/:id?">{({ id }) => <Purchases purchaseId={id ?? null} />}</Route>
            <Route path="/contacts/:id?">{({ id }) => <Contacts contactId={id ?? null} />}</Route>
            <Route path="/convention/:service?">{({ service }) => <Convention serviceId={service ?? null} />}</Route>
            <Route path="/envois">
              <Outbox />
            </Route>
            <Route path="/reglages">
              <Settings />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </Frame>
    </Router>
  );
}

/** A screen before there is anything to navigate: no frame, the same landmark and messages. */
function Alone({ children }: { children: ReactNode }) {
  return (
    <>
      <main>
        <Suspense fallback={null}>{children}</Suspense>
      </main>
      <ToastRegion />
    </>
  );
}
