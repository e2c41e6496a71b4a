//! Réglages, « Convention »: the version in force, those kept, the keys trusted, and the opening of another version.
//! Invariant: a file is compared with the version in force before anything is installed.
import { BookOpenCheck, KeyRound, Layers, PackageOpen } from "lucide-react";
import { useEffect, useRef } from "react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { Definitions } from "../../components/Definitions";
import { EmptyState } from "../../components/EmptyState";
import { Failed } from "../../components/Failed";
import { FileDrop } from "../../components/FileDrop";
import { Stack } from "../../components/Page";
import { RelativeTime } from "../../components/RelativeTime";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { keepFocus } from "../../components/useKeptFocus";
import { useAct, useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr, quote } from "../../text/fr";
import type { PackInfo, TrustedKey } from "../../wire/types";
import { linkTo } from "../frame/places";
import { Inspection } from "./Inspection";
import { NO_PACK, type PackSession } from "./session";

export interface PacksPartProps {
  session: PackSession;
  setSession: (session: PackSession) => void;
}

export function PacksPart({ session, setSession }: PacksPartProps) {
  const list = useCall("packs", {});
  const box = useRef<HTMLDivElement>(null);
  const reviewing = session.inspection !== null;
  const shown = useRef(reviewing);
  useEffect(() => {
    if (shown.current && !reviewing) box.current?.focus();
    shown.current = reviewing;
  }, [reviewing]);
  if (!list.data) {
    return list.error ? (
      <Failed
        title="Les versions de la convention n’ont pas pu être lues"
        error={list.error}
        onRetry={() => void list.refetch()}
      />
    ) : (
      <Card>
        <Skeleton lines={6} label="Chargement des versions" />
      </Card>
    );
  }
  const { packs, keys } = list.data;
  const inForce = packs.find((pack) => pack.in_force);
  if (session.inspection) {
    return (
      <Inspection
        inspection={session.inspection}
        session={session}
        setSession={setSession}
        {...(inForce ? { inForce } : {})}
      />
    );
  }
  return (
    <div ref={box} tabIndex={-1}>
      <Stack>
        {inForce && <InForce pack={inForce} />}
        <Opening onOpened={(inspection) => setSession({ ...NO_PACK, inspection })} />
        <Kept packs={packs.filter((pack) => !pack.in_force)} {...(inForce ? { inForce } : {})} />
        <Keys keys={keys} />
      </Stack>
    </div>
  );
}

function signedBy({ built_in, signer }: PackInfo): string {
  if (built_in) return "Livrée avec Relais";
  return signer === null ? "Sans signature reconnue, installée sous votre responsabilité" : fr`Signée par ${signer}`;
}

function InForce({ pack }: { pack: PackInfo }) {
  return (
    <Card
      title="La convention en vigueur dans Relais"
      icon={BookOpenCheck}
      actions={<a href={linkTo("/convention")}>La lire</a>}
    >
      <Definitions
        items={[
          { term: "Nom", value: pack.name },
          { term: "Département", value: pack.departement },
          { term: "Version", value: pack.version },
          { term: "Origine", value: signedBy(pack) },
          ...(pack.installed_at_ms === null
            ? []
            : [{ term: "Installée", value: <RelativeTime when={pack.installed_at_ms} /> }]),
        ]}
      />
    </Card>
  );
}

function Opening({ onOpened }: { onOpened: (inspection: NonNullable<PackSession["inspection"]>) => void }) {
  const inspect = useAct("pack_inspect", { quiet: true });
  return (
    <Card title="Ouvrir une nouvelle version" icon={PackageOpen}>
      <p>
        {fr`Quand la convention change, votre Département ou l'Académie vous remet un fichier « .relaispack ». Relais montre d'abord tout ce qui changerait : rien n'est installé sans vous.`}
      </p>
      <FileDrop
        label="Déposez ici le fichier de la convention"
        accept={[".relaispack"]}
        onTaken={(file) => inspect.mutate({ file_id: file.id }, { onSuccess: onOpened })}
      />
      {inspect.isPending && <Skeleton lines={3} label="Comparaison avec la version en vigueur" />}
      {inspect.error && (
        <Callout tone="bad" title="Ce fichier n’a pas pu être ouvert" announce>
          {explain(inspect.error)}
        </Callout>
      )}
    </Card>
  );
}

function Kept({ packs, inForce }: { packs: readonly PackInfo[]; inForce?: PackInfo }) {
  const use = useAct("pack_use");
  if (packs.length === 0) {
    return (
      <Card title="Autres versions gardées" icon={Layers}>
        <EmptyState icon={Layers} title="Aucune autre version pour l’instant">
          Quand vous en installerez une, celle d’aujourd’hui restera ici, et vous pourrez y revenir.
        </EmptyState>
      </Card>
    );
  }
  const choose = (pack: PackInfo) =>
    use.mutate(
      { id: pack.id },
      {
        onSuccess: () => {
          keepFocus();
          say({
            text: fr`La version ${pack.version} est en vigueur.`,
            ...(inForce ? { action: { label: "Annuler", run: () => use.mutate({ id: inForce.id }) } } : {}),
          });
        },
      },
    );
  return (
    <Card title="Autres versions gardées" icon={Layers} count={packs.length}>
      <p>Un brouillon commencé avec une version garde la sienne.</p>
      <Rows label="Autres versions gardées">
        {packs.map((pack) => (
          <Row
            key={pack.id}
            title={fr`Version ${pack.version}`}
            meta={
              <>
                {pack.name}
                <br />
                {signedBy(pack)}
                {pack.installed_at_ms !== null && (
                  <>
                    {", installée "}
                    <RelativeTime when={pack.installed_at_ms} />
                  </>
                )}
              </>
            }
            aside={
              <Button
                size="small"
                isPending={use.isPending && use.variables?.id === pack.id}
                onPress={() => choose(pack)}
                aria-label={fr`Utiliser la version ${pack.version}`}
              >
                Utiliser
              </Button>
            }
          />
        ))}
      </Rows>
    </Card>
  );
}

function Keys({ keys }: { keys: readonly TrustedKey[] }) {
  const forget = useAct("pack_key_forget");
  return (
    <Card title="Clés de confiance" icon={KeyRound}>
      {keys.length === 0 ? (
        <p>
          Une clé dit qui a écrit un fichier de convention. Vous n’en avez retenu aucune{"\u202f"}: Relais vous le
          demandera en ouvrant un fichier signé.
        </p>
      ) : (
        <Rows label="Clés de confiance">
          {keys.map(({ id, label, trusted_at_ms }) => (
            <Row
              key={id}
              title={label}
              meta={
                <>
                  Retenue <RelativeTime when={trusted_at_ms} />
                </>
              }
              aside={
                <Button
                  size="small"
                  isPending={forget.isPending && forget.variables?.id === id}
                  aria-label={fr`Ne plus faire confiance à ${quote(label)}`}
                  onPress={() =>
                    forget.mutate(
                      { id },
                      {
                        onSuccess: () => {
                          keepFocus();
                          say({
                            text: fr`Relais ne fait plus confiance à ${quote(label)}. Ce qu'elle a signé et que vous aviez installé reste.`,
                          });
                        },
                      },
                    )
                  }
                >
                  Ne plus faire confiance
                </Button>
              }
            />
          ))}
        </Rows>
      )}
    </Card>
  );
}
