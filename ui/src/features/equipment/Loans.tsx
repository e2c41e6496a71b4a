//! The loans of a machine: the one that runs, said before anything else on its record, and those of the past.
import { Handshake } from "lucide-react";
import { LinkButton } from "../../components/Button";
import { Callout } from "../../components/Callout";
import { Card, Row, Rows } from "../../components/Card";
import { fr, shortDay } from "../../text/fr";
import type { LoanRow } from "../../wire/types";
import { linkTo, pathTo } from "../frame/places";

export function runningOf(loans: readonly LoanRow[]): LoanRow | undefined {
  return loans.find(({ returned_on }) => returned_on === null);
}

export function RunningLoan({ loan }: { loan: LoanRow }) {
  return (
    <Callout
      tone={loan.overdue_days > 0 ? "care" : "info"}
      title={fr`Prêté à ${loan.borrower} depuis le ${shortDay(loan.from_on)}`}
      actions={<LinkButton href={linkTo(pathTo.loan(loan.id))}>Rendre</LinkButton>}
    >
      {loan.sentence}
    </Callout>
  );
}

export function PastLoans({ loans }: { loans: readonly LoanRow[] }) {
  const past = loans.filter(({ returned_on }) => returned_on !== null);
  if (past.length === 0) return null;
  return (
    <Card title="Prêts terminés" icon={Handshake} count={past.length}>
      <Rows>
        {past.map(({ id, borrower, from_on, returned_on }) => (
          <Row
            key={id}
            title={borrower}
            href={linkTo(pathTo.loan(id))}
            meta={fr`Du ${shortDay(from_on)} au ${shortDay(returned_on ?? from_on)}`}
          />
        ))}
      </Rows>
    </Card>
  );
}
