//! What Relais finds when it examines itself, to read and to hand to the person who helps.
import { CircleAlert, CircleCheck, ClipboardCopy, RotateCw } from "lucide-react";
import { Button } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Row, Rows } from "../../components/Card";
import { Toolbar } from "../../components/Page";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { useCall } from "../../data";
import { explain } from "../../errors/table";
import { fr } from "../../text/fr";
import type { Doctor } from "../../wire/types";

export function Checks() {
  const doctor = useCall("doctor", {});
  if (doctor.error) {
    return (
      <Callout tone="bad" title="Le diagnostic n’a pas abouti">
        {explain(doctor.error)}
      </Callout>
    );
  }
  if (!doctor.data) return <Skeleton lines={5} label="Examen en cours" />;
  const found = doctor.data;
  return (
    <>
      <Rows label="Points examinés">
        {found.checks.map(({ name, ok, sentence }) => (
          <Row
            key={name}
            icon={ok ? CircleCheck : CircleAlert}
            tone={ok ? "good" : "care"}
            title={
              <>
                {name}
                <span className="visually-hidden">{ok ? fr` : en ordre` : fr` : à regarder`}</span>
              </>
            }
            meta={sentence}
          />
        ))}
      </Rows>
      <Toolbar>
        <Button icon={RotateCw} isPending={doctor.isFetching} onPress={() => void doctor.refetch()}>
          Examiner à nouveau
        </Button>
        <Button icon={ClipboardCopy} onPress={() => void copy(asText(found))}>
          Copier le diagnostic
        </Button>
      </Toolbar>
    </>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    say({ text: "Diagnostic copié. Collez-le dans un message à la personne qui vous aide." });
  } catch {
    say({ text: "Le presse-papiers ne répond pas. Sélectionnez le texte pour le copier.", tone: "bad" });
  }
}

function asText({ version, checks }: Doctor): string {
  const lines = checks.map(({ name, ok, sentence }) => fr`${ok ? "[bon]" : "[à voir]"} ${name} : ${sentence}`);
  return [`Relais ${version}`, ...lines].join("\n");
}
