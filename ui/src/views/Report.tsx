//! Signaler: the typed line that begins, then the draft question after question.
import { Guide } from "../features/report/Guide";
import { Start } from "../features/report/Start";

export default function Report({ draftId }: { draftId: string | null }) {
  return draftId === null ? <Start /> : <Guide key={draftId} draftId={draftId} />;
}
