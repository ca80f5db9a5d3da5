"""The consultant's desk: lists clients, opens one, prepares a visit, compares and reports.

Whether the asker may is asked before, at the gate; an owner's consultation is reached through its
live share only, looked up anew each time.
"""

from dataclasses import dataclass
from datetime import date

from advisor import clock
from advisor.accounts.actor import Actor
from advisor.accounts.errors import DeniedError
from advisor.accounts.gate import HIDDEN
from advisor.accounts.office import Accounts
from advisor.accounts.policy import Decision
from advisor.assemble import Advisor
from advisor.clients import sentences
from advisor.clients.file import ClientFile
from advisor.clients.listing import Listing, Row, Wanted, list_clients, row_of
from advisor.clients.report import client_outline
from advisor.clients.visit import VisitSheet, prepare_visit, visit_outline
from advisor.diagnosis.compare import Comparison, compare
from advisor.domain.clients import Client, Colleague, Progress
from advisor.domain.diagnoses import KeptFile
from advisor.domain.match import Verdict
from advisor.domain.readiness import Diagnosis
from advisor.errors import BadInputError
from advisor.matching.need import pains_in
from advisor.matching.outlook import Outlook
from advisor.reporting.render import ReportFormat, render_report
from advisor.stores.client_files import ClientFileStore
from advisor.stores.clients import ClientStore

NOW = "now"


@dataclass(frozen=True)
class ClientDesk:
    """Reads clients for one organisation's people; holds nothing of any client."""

    advisor: Advisor
    office: Accounts
    store: ClientStore
    papers: ClientFileStore

    @classmethod
    def of(cls, advisor: Advisor, office: Accounts) -> "ClientDesk":
        """Return the desk on the database of the accounts, whose engine knows the keys."""
        engine = office.engine
        return cls(advisor, office, ClientStore(engine), ClientFileStore(engine))

    def listing(self, actor: Actor, wanted: Wanted, *, today: date | None = None) -> Listing:
        """Return the clients of the asker's organisation; six queries however many there are."""
        tenant = actor.organisation_id
        return list_clients(
            self.store.of_organisation(tenant), self.papers.progress(tenant),
            self.store.colleagues(tenant), wanted, today=today or clock.today(),
        )  # fmt: skip

    def colleagues(self, actor: Actor) -> list[Colleague]:
        """Return the consultants of the asker's organisation."""
        found = self.store.colleagues(actor.organisation_id).values()
        return [one for one in found if one.is_consultant]

    def client(self, client_id: str) -> Client:
        """Return a client; raises DeniedError (hidden) where it went meanwhile."""
        found = self.store.load(client_id)
        if found is None:
            raise DeniedError(Decision.HIDDEN, HIDDEN)
        return found

    def file(self, client_id: str) -> ClientFile:
        """Return all that is kept of a client; raises DeniedError where it went meanwhile."""
        client = self.client(client_id)
        own, desk = client.consultation_id, self.advisor.desk
        consultation = self.advisor.consultation(own) if own else None
        return ClientFile(
            client=client,
            instrument=desk.instrument,
            consultation=consultation,
            kept=desk.kept(own) if own else (),
            files=desk.files(own) if own else (),
            saved=self.advisor.shortlist.saved(own) if own else (),
            turns=tuple(self.papers.turn_moments(own)) if own else (),
            notes=tuple(self.papers.notes(client_id)),
            entries=tuple(self.papers.entries(client_id)),
            assessments=tuple(self.papers.assessments(client_id)),
            people=self.store.colleagues(client.organisation_id),
        )

    def row(self, file: ClientFile, *, today: date | None = None) -> Row:
        """Return the client's line of the list, worked out of its file alone."""
        dated = file.results[-1] if file.results else None
        progress = Progress(
            bool(file.answers or file.kept), dated.at if dated else None,
            dated.result.level if dated else None,
        )  # fmt: skip
        client = file.client
        return row_of(client, {client.id: progress}, file.people, today or clock.today())

    def evidence(self, client_id: str, file_id: str) -> tuple[KeptFile, bytes] | None:
        """Return an evidence file of the client's consultation, None where it has no such."""
        own = self.client(client_id).consultation_id
        return self.advisor.desk.open_file(own, file_id) if own else None

    def outlook(
        self, file: ClientFile, *, solution_id: str = "", cost_krw: int | None = None,
        today: date | None = None,
    ) -> Outlook:  # fmt: skip
        """Return programs, plan and actions for the company as the consultant sees it.

        The plan that was made before is shown where no other solution is asked for.
        """
        client = file.client
        if not solution_id and client.plan_for:
            solution_id, cost_krw = client.plan_for, cost_krw or client.plan_cost_krw
        return self.advisor.support.outlook(
            file.company, file.questions, solution_id=solution_id, cost_krw=cost_krw,
            diagnosis=file.result, today=today,
        )  # fmt: skip

    def compare(self, file: ClientFile, before: str, after: str) -> Comparison:
        """Compare two results by their ids; `now` is the diagnosis as it stands.

        Raises:
            BadInputError: There is no such result.
        """
        return compare(self._result(file, before), self._result(file, after))

    def visit(self, file: ClientFile, *, today: date | None = None) -> VisitSheet:
        """Return what to ask and to see at the next visit."""
        day = today or clock.today()
        outlook = self.outlook(file, today=day)
        programs = file.saved or tuple(
            one.record_id for one in outlook.acted_on if one.verdict is not Verdict.NOT_ELIGIBLE
        )
        client = file.client
        return prepare_visit(
            file.instrument, self.advisor.corpus, company=client.name, contact=client.contact,
            consultant=file.names.get(client.account_id, ""), visit_on=client.visit_on, today=day,
            result=file.result, files=file.files, ask_next=outlook.ask_next, programs=programs,
            worries=[one for one in file.questions if pains_in(one)], notes=file.notes,
        )  # fmt: skip

    def visit_file(self, file: ClientFile, report_format: ReportFormat) -> bytes:
        """Return the visit's sheet as a file."""
        return render_report(visit_outline(self.visit(file)), report_format)

    def report(
        self, file: ClientFile, report_format: ReportFormat, *, today: date | None = None
    ) -> bytes:
        """Return the report on the client as the consultant sees it.

        Raises:
            BadInputError: There is no answer yet.
        """
        if file.result is None:
            raise BadInputError(sentences.NOT_DIAGNOSED)
        outline = client_outline(
            file.instrument, file.result, file.company, self.advisor.corpus,
            company=file.client.name, own=file.own_answers, facts=file.facts,
            entries=file.entries, files=file.files, people=file.names,
            today=today or clock.today(),
        )  # fmt: skip
        return render_report(outline, report_format)

    def _result(self, file: ClientFile, name: str) -> Diagnosis:
        found = {one.id: one.result for one in file.results}
        if file.result is not None:
            found[NOW] = file.result
        if name not in found:
            raise BadInputError(sentences.NO_SUCH_DIAGNOSIS)
        return found[name]
