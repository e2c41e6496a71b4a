//! A draft, question after question, up to the summary and the queue.
//! Invariant: « Finir plus tard » is always there, and nothing typed is lost by leaving.
import { ArrowLeft, CornerDownLeft, FileQuestion } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useLocation } from "wouter";
import { Button, LinkButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card } from "../../components/Card";
import { Disclosure } from "../../components/Disclosure";
import { EmptyState } from "../../components/EmptyState";
import { Columns, Page } from "../../components/Page";
import { RelativeTime } from "../../components/RelativeTime";
import { Skeleton } from "../../components/Skeleton";
import { say } from "../../components/Toast";
import { keepFocus } from "../../components/useKeptFocus";
import { useAct } from "../../data";
import { explain } from "../../errors/table";
import { plural, quote } from "../../text/fr";
import type { GuideView, TicketRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";
import type { Arriving } from "../tickets/arriving";
import { Answers } from "./Answers";
import { Beside } from "./Beside";
import { DraftFiles } from "./DraftFiles";
import { type DraftState, useDraft } from "./draft";
import { QuestionForm } from "./QuestionForm";
import { ReflexPanel } from "./ReflexPanel";
import styles from "./Report.module.css";
import { SimilarCard, SimilarNotice } from "./Similar";
import type { Restart } from "./Start";
import { isCall, SummaryForm, submitWords } from "./SummaryForm";

const TITLE = "Signaler un problème";

export function Guide({ draftId }: { draftId: string }) {
  const draft = useDraft(draftId);
  const { page, latest, error } = draft;
  if (page === null || latest === null) {
    return (
      <Page title={TITLE} subtitle={"\u00a0"}>
        <Card>
          {error ? (
            <EmptyState
              icon={FileQuestion}
              title="Ce brouillon ne s’ouvre pas"
              action={<LinkButton href={linkTo("/signaler")}>Commencer un nouveau signalement</LinkButton>}
            >
              {explain(error)}
            </EmptyState>
          ) : (
            <Skeleton lines={8} />
          )}
        </Card>
      </Page>
    );
  }
  return <Open draftId={draftId} draft={draft} page={page} latest={latest} />;
}

interface OpenProps {
  draftId: string;
  draft: DraftState;
  page: GuideView;
  latest: GuideView;
}

function Open({ draftId, draft, page, latest }: OpenProps) {
  const [, go] = useLocation();
  const discard = useAct("guide_discard");
  const restore = useAct("guide_restore");
  const submit = useAct("guide_submit");
  const joining = useAct("guide_join");
  const [distinct, setDistinct] = useState(false);
  const { question, value, turning } = draft;
  const { summary } = page;
  const before = page.answered.at(-1);

  const restart = () => {
    const state: Restart = { text: page.started, replaces: draftId };
    void draft.flush().finally(() => go("/signaler", { state }));
  };
  const back = () => (before ? void draft.backTo(before.question) : restart());
  const later = () => {
    void draft.flush().finally(() => {
      go("/");
      say({ text: "Brouillon gardé\u202f: il vous attend à l’accueil." });
    });
  };
  const drop = async () => {
    await draft.flush().catch(() => undefined);
    await discard.mutateAsync({ id: draftId });
    go("/");
    // The message outlives this screen, and so does its action.
    const undo = () => void restore.mutateAsync({ id: draftId }).then(() => go(pathTo.draft(draftId)));
    say({ text: "Brouillon jeté.", action: { label: "Annuler", run: undo } });
  };
  const finish = () => {
    if (submit.isPending) return;
    submit.mutate(
      { id: draftId },
      {
        onSuccess: ({ ticket_id, reference, sentence }) => {
          const state: Arriving = { calls: summary !== null && isCall(summary) };
          go(pathTo.ticket(ticket_id), { replace: true, state });
          // The reference is read in one piece: no line ends at its hyphen.
          say({ text: `${sentence} Sa référence\u202f: ${reference.replace("-", "-\u2060")}.` });
        },
      },
    );
  };

  const join = async ({ id, title }: TicketRow) => {
    if (joining.isPending) return;
    await draft.flush().catch(() => undefined);
    await joining.mutateAsync({ draft_id: draftId, ticket_id: id });
    go(pathTo.ticket(id), { replace: true });
    say({ text: `Votre signalement complète le dossier ${quote(title)}.` });
  };
  const similar = {
    tickets: latest.similar,
    onJoin: (ticket: TicketRow) => void join(ticket).catch(() => undefined),
    joining: joining.isPending,
  };
  const asksIfSame = summary !== null && !summary.settled && !distinct && latest.similar.length > 0;

  const actions = (main: ReactNode) => (
    <div className={styles.actions}>
      <Button icon={ArrowLeft} onPress={back}>
        Retour
      </Button>
      <div className={styles.forward}>
        <Button onPress={later}>Finir plus tard</Button>
        {main}
      </div>
    </div>
  );

  const answers = (
    <Answers
      started={page.started}
      answered={page.answered}
      onRestart={restart}
      onChange={(id) => void draft.backTo(id)}
    />
  );

  return (
    <Page
      title={TITLE}
      subtitle={
        <>
          Brouillon enregistré <RelativeTime when={latest.saved_at_ms} />
        </>
      }
      actions={
        <Button variant="quiet" onPress={() => void drop().catch(() => undefined)}>
          Jeter ce brouillon
        </Button>
      }
    >
      {page.reflexes && <ReflexPanel reflexes={page.reflexes} callers={page.callers} />}
      <Columns
        asideLabel="À propos de cette demande"
        aside={
          <Beside view={latest} similar={latest.similar.length > 0 && !asksIfSame && <SimilarCard {...similar} />} />
        }
      >
        {latest.newer_pack !== null && <Renewal version={latest.newer_pack} draft={draft} />}
        <Card>
          {summary ? (
            <Disclosure title={`${plural(page.answered.length, "réponse")}, à modifier au besoin`} level={2}>
              {answers}
            </Disclosure>
          ) : (
            answers
          )}
          {question && (
            <QuestionForm
              key={question.id}
              question={question}
              number={page.number}
              expected={page.expected}
              value={value}
              callers={latest.callers}
              onAnswer={draft.answer}
              onNext={() => void draft.next()}
              beneath={
                question.kind === "fiche" && <DraftFiles joins draftId={draftId} attachments={latest.attachments} />
              }
              actions={actions(
                <Button type="submit" variant="primary" endIcon={CornerDownLeft} isPending={turning}>
                  Continuer
                </Button>,
              )}
            />
          )}
          {summary && (
            <SummaryForm
              summary={summary}
              leaves={latest.will_be_sent}
              callers={latest.callers}
              similar={
                asksIfSame && (
                  <SimilarNotice
                    {...similar}
                    onDistinct={() => {
                      setDistinct(true);
                      keepFocus();
                    }}
                  />
                )
              }
              files={latest.attachments.length > 0 && <DraftFiles draftId={draftId} attachments={latest.attachments} />}
              onSubmit={finish}
              actions={actions(
                <Button type="submit" variant="primary" endIcon={CornerDownLeft} isPending={submit.isPending}>
                  {submitWords(summary, latest.will_be_sent)}
                </Button>,
              )}
            />
          )}
        </Card>
      </Columns>
    </Page>
  );
}

/** The answers were given to the convention as it was: going over is chosen, never imposed. */
function Renewal({ version, draft }: { version: string; draft: DraftState }) {
  return (
    <Callout
      title="La convention a changé depuis le début de ce brouillon"
      actions={
        <Button size="small" isPending={draft.turning} onPress={() => void draft.renew().then(() => void keepFocus())}>
          Continuer avec la nouvelle version
        </Button>
      }
    >
      {`La version ${version} est en vigueur. Vos réponses sont gardées\u202f; ce qui se demande autrement sera redemandé.`}
    </Callout>
  );
}
