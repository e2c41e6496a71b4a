//! One operation: its state in a sentence, the proof or the reason, and what can be done about it.
//! Invariant: a button stands here only when the application says that it can be done.
import { Button, LinkButton } from "../../components/Button";
import { Row } from "../../components/Card";
import { RelativeTime } from "../../components/RelativeTime";
import { SEND_LOOKS } from "../../components/sendState";
import { say } from "../../components/Toast";
import { useAct } from "../../data";
import { plural } from "../../text/fr";
import type { OutboxRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";

interface OutboxLineProps {
  row: OutboxRow;
  onCorrect: (row: OutboxRow) => void;
  onNumber: (row: OutboxRow) => void;
  onResumed: (draftId: string) => void;
}

export function OutboxLine({ row, onCorrect, onNumber, onResumed }: OutboxLineProps) {
  const retry = useAct("outbox_retry");
  const withdraw = useAct("outbox_withdraw");
  const resume = useAct("outbox_resume");
  const { icon, tone } = SEND_LOOKS[row.state];
  const id = { id: row.id };
  const named = (what: string) => `${what}, ${row.title}`;
  return (
    <Row
      icon={icon}
      {...(tone ? { tone } : {})}
      title={row.title}
      href={linkTo(pathTo.ticket(row.ticket_id))}
      state={row.sentence}
      meta={
        <>
          {row.detail && <div>{row.detail}</div>}
          <div>
            {row.operation} · <span className="mono">{row.reference}</span>
            {row.attempts > 1 && ` · ${plural(row.attempts, "essai")}`} · <RelativeTime when={row.updated_at_ms} />
          </div>
        </>
      }
      aside={
        <>
          {row.can_withdraw && (
            <Button
              size="small"
              aria-label={named("Retirer")}
              isPending={withdraw.isPending}
              onPress={() =>
                withdraw.mutate(id, {
                  onSuccess: () => say({ text: `Envoi retiré\u202f: ${row.title}. Le dossier reste ici, sans envoi.` }),
                })
              }
            >
              Retirer
            </Button>
          )}
          {row.can_resume && (
            <Button
              size="small"
              aria-label={named("Reprendre")}
              isPending={resume.isPending}
              onPress={() => resume.mutate(id, { onSuccess: ({ draft_id }) => onResumed(draft_id) })}
            >
              Reprendre
            </Button>
          )}
          {(row.can_retry || row.can_check) && (
            <Button
              size="small"
              aria-label={named(row.can_check ? "Vérifier maintenant" : "Réessayer")}
              isPending={retry.isPending}
              onPress={() => retry.mutate(id)}
            >
              {row.can_check ? "Vérifier maintenant" : "Réessayer"}
            </Button>
          )}
          {row.can_set_number && (
            <Button size="small" aria-label={named("J’ai le numéro")} onPress={() => onNumber(row)}>
              J’ai le numéro
            </Button>
          )}
          {row.can_correct && (
            <Button size="small" variant="primary" aria-label={named("Corriger")} onPress={() => onCorrect(row)}>
              Corriger
            </Button>
          )}
          {row.can_set_number && !row.can_check && (
            <LinkButton
              size="small"
              variant="primary"
              href={linkTo(pathTo.ticket(row.ticket_id))}
              aria-label={named("Recopier")}
            >
              Recopier
            </LinkButton>
          )}
        </>
      }
    />
  );
}
