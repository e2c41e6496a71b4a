//! « Ouvrir un dossier » for what this contact looks after: the guide begins with the service answered.
//! Left out on purpose: any answer beyond what the application itself proposes for the name of the service.
import { FolderPlus } from "lucide-react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../../components/Button";
import { Menu } from "../../components/Menu";
import { useAct, useCall } from "../../data";
import type { Contact, Service } from "../../wire/types";
import { splitLabel } from "../convention/label";
import { linkTo, pathTo } from "../frame/places";

const WORDS = "Ouvrir un dossier";

export function OpenTicket({ contact: { services: ids } }: { contact: Contact }) {
  const [, go] = useLocation();
  const convention = useCall("convention", {}, { when: ids.length > 0 });
  const propose = useAct("guide_propose", { quiet: true });
  const start = useAct("guide_start");
  const services = (convention.data?.families ?? [])
    .flatMap((family) => family.services)
    .filter(({ id }) => ids.includes(id));
  const [only] = services;
  if (!only) {
    return (
      <LinkButton size="small" icon={FolderPlus} href={linkTo("/signaler")}>
        {WORDS}
      </LinkButton>
    );
  }
  const begin = async ({ label }: Service) => {
    const found = await propose.mutateAsync({ text: label }).catch(() => null);
    // A proposal says its service by what stands before the parentheses.
    const proposal = found?.proposals.find(({ service_label }) => service_label === label.split(" (")[0]);
    // Nothing proposed for it: the guide starts from its name, as if it had been typed.
    const { draft_id } = await start.mutateAsync({
      text: proposal ? "" : label,
      answers: proposal?.answers ?? {},
      equipment_id: null,
    });
    go(pathTo.draft(draft_id));
  };
  // A failure has raised its message.
  const open = (service: Service) => void begin(service).catch(() => undefined);
  const isPending = propose.isPending || start.isPending;
  return services.length === 1 ? (
    <Button size="small" icon={FolderPlus} isPending={isPending} onPress={() => open(only)}>
      {WORDS}
    </Button>
  ) : (
    <Menu
      label={WORDS}
      icon={FolderPlus}
      size="small"
      isPending={isPending}
      parts={[
        {
          id: "services",
          acts: services.map((service) => {
            const { name, rest } = splitLabel(service.label, service.explanation);
            return { id: service.id, label: name, detail: rest || undefined, run: () => open(service) };
          }),
        },
      ]}
    />
  );
}
