"""The Advisor and its construction: the one place that picks concrete classes."""

import secrets
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property, partial
from threading import Thread
from typing import Any

from advisor import clock
from advisor.accounts.switch import SwitchReader, off_answer
from advisor.config import Settings
from advisor.conversation import history
from advisor.conversation.desk import Desk, Diagnoses
from advisor.conversation.diagnosing import answers_kept, is_concluded
from advisor.conversation.evidence import EvidenceKept
from advisor.conversation.pipeline import OnStep, run
from advisor.conversation.shortlist import Shortlist, Shortlists
from advisor.conversation.tools import Tools
from advisor.conversation.transcripts import ConsultationLike, MemoryTranscripts, Transcripts
from advisor.conversation.turn import Turn
from advisor.corpus.effective import load_effective
from advisor.corpus.load import as_plain, load_corpus
from advisor.corpus.reviewing import ReviewDesk
from advisor.diagnosis.answers import check_answers
from advisor.diagnosis.present import as_json
from advisor.domain.answer import Answer
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.records import Corpus
from advisor.domain.vocabulary import ProfileField
from advisor.errors import BadInputError
from advisor.evaluation.live import QualityWatch
from advisor.indexing.build import Index, ensure_index, open_index
from advisor.indexing.library import Library
from advisor.intake.disguise import plain, visible
from advisor.intake.expand import expand
from advisor.intake.form import read_values
from advisor.intake.screen import mask
from advisor.matching.outlook import Outlook
from advisor.matching.windows import window_on
from advisor.messages import CONSULTATION_UNKNOWN, FEEDBACK_UNKNOWN
from advisor.parts import (
    build_door,
    build_interviewer,
    build_notice_reader,
    build_quality,
    build_tools,
    warm,
)
from advisor.reporting.render import ReportFormat, render_report
from advisor.stores.drafts import Drafts
from advisor.support import Support

# What an owner said a morning ago still answers a question of the interview.
EARLIER_TURNS = 20


@dataclass(frozen=True)
class Advisor:
    """Answers, and keeps consultations. Holds nothing of any user: many talk to it at once."""

    settings: Settings
    corpus: Corpus
    index: Index
    tools: Tools
    transcripts: Transcripts
    desk: Desk
    shortlist: Shortlist
    switch: SwitchReader | None = None
    quality: QualityWatch | None = None

    def ask(
        self,
        text: str,
        *,
        consultation_id: str | None = None,
        profile: Mapping[str, object] | None = None,
        today: date | None = None,
        language: str | None = None,
        on_step: OnStep | None = None,
        on_text: Callable[[str], None] | None = None,
    ) -> Answer:
        """Answer one message and keep it under its consultation.

        Args:
            text: The user's words; anything at all.
            consultation_id: To go on with; None begins a new one.
            profile: Values by field id that are known from elsewhere; the talk may correct them.
            today: Day in Asia/Seoul; None is the present one.
            language: "ko" or "en" of the fixed sentences; None follows the message.
            on_step: Told the name of each step as it begins.
            on_text: Told the text of the answer piece by piece while a model writes it, each piece
                once it is checked; without a model never.

        Raises:
            BadInputError: The consultation is unknown, or a profile value is none of its field.
        """
        consultation_id = consultation_id or self.transcripts.create()
        kept = self._consultation(consultation_id)
        if self._is_off():
            return self._off(kept, text, language)
        known = kept.profile
        if profile:
            known = known.with_facts(read_values(profile, self.corpus.vocabulary.profile_fields))
        turn = Turn(
            id=secrets.token_hex(8), raw=text, today=today or clock.today(), profile=known,
            chosen_language=language,
            earlier=tuple(plain(one.question) for one in kept.turns[-EARLIER_TURNS:]),
            model=self.tools.door.begin() if self.tools.door else None, on_text=on_text,
            turns_before=len(kept.turns),
        )  # fmt: skip
        turn = run(history.begin(turn, kept.state, self.corpus), self.tools, on_step=on_step)
        assert turn.answer is not None
        if self._is_off():  # turned off while a model took its time
            return self._off(kept, text, language)
        answer = replace(turn.answer, consultation_id=consultation_id)
        self.transcripts.append_turn(
            consultation_id,
            question=turn.screened.text
            if turn.screened
            else mask(visible(text[:20_000]))[0][:4000],
            answer=answer.to_json(),
            profile=turn.profile,
            state=history.end(turn, kept.state),
            trace=[one.to_json() for one in turn.model.calls] if turn.model else (),
        )
        if self.quality is not None:
            said = [one.question for one in kept.turns[-EARLIER_TURNS:]]
            self.quality.note(
                consultation_id, len(kept.turns), answer.to_json(),
                said=[*said, turn.screened.text if turn.screened else ""], today=turn.today,
            )  # fmt: skip
        if is_concluded(turn.interview) and turn.interview != kept.state.get("diagnosis"):
            self.desk.keep_talk(consultation_id, answers_kept(turn.interview))
        return answer

    def new_consultation(self) -> str:
        """Begin a consultation and return its unguessable id."""
        return self.transcripts.create()

    def consultation(self, consultation_id: str) -> ConsultationLike | None:
        """Return a kept consultation, None where there is none."""
        return self.transcripts.load(consultation_id)

    def delete_consultation(self, consultation_id: str) -> bool:
        """Delete a consultation with its turns and shortlist; False where there was none."""
        self.shortlist.forget(consultation_id)
        return self.transcripts.delete(consultation_id)

    def set_profile(self, consultation_id: str, values: Mapping[str, object | None]) -> Profile:
        """Set or (with None) forget profile fields; raises BadInputError for a bad value."""
        kept = self._consultation(consultation_id)
        gone = [name for name, value in values.items() if value is None]
        given = {name: value for name, value in values.items() if value is not None}
        facts = read_values(given, self.corpus.vocabulary.profile_fields)
        profile = kept.profile.without(*gone).with_facts(facts)
        self.transcripts.set_profile(consultation_id, profile)
        return profile

    def add_feedback(self, consultation_id: str, turn: int, rating: int, comment: str = "") -> None:
        """Keep a thumb (1 up, -1 down) for a turn, counted from 0, with a masked comment."""
        kept = self._consultation(consultation_id)
        if not 0 <= turn < len(kept.turns) or rating not in (-1, 0, 1):
            raise BadInputError(FEEDBACK_UNKNOWN)
        self.transcripts.add_feedback(consultation_id, turn, rating, mask(comment)[0][:2000])

    def search(
        self,
        query: str,
        *,
        k: int = 10,
        kinds: Collection[Kind] | None = None,
        region: str | None = None,
        open_on: date | None = None,
    ) -> list[dict[str, Any]]:
        """Return ranked hits of the index in the shape of the contract."""
        open_ids = None
        if open_on is not None:
            open_ids = [
                one.id
                for one in self.corpus.programs.values()
                if window_on(one.window, open_on).state == "open"
            ]
        return self.index.search_json(
            query, k=k, kinds=kinds, region=region, source_ids=open_ids,
            extra_terms=expand(query, self.tools.lexicon.concepts),
        )  # fmt: skip

    @cached_property
    def library(self) -> Library:
        """The documents that answers may cite, and the jobs that bring them."""
        return Library(self.index)

    @cached_property
    def review(self) -> ReviewDesk:
        """What staff do with drafts and published records."""
        shipped = partial(load_corpus, self.settings.corpus, self.settings.home / "cache")
        return ReviewDesk(self.index.engine, self.corpus, shipped)

    def read_notice(self, document_id: str) -> int | None:
        """Read an ingested document as a notice; return the id of its draft, None without one."""
        document = self.library.document(document_id)
        if document is None:
            return None
        read_more = build_notice_reader(self.settings, self.tools.door)
        return self.review.read(document, today=clock.today(), read_more=read_more).id

    @cached_property
    def support(self) -> Support:
        """Judges what a company can get and how it pays."""
        return Support(self.corpus, self.settings.corpus)

    def outlook(
        self,
        consultation_id: str,
        *,
        solution_id: str = "",
        cost_krw: int | None = None,
        picked: Sequence[str] = (),
        today: date | None = None,
    ) -> Outlook:
        """Return programs, chain, plan and actions for the company of a consultation.

        Raises:
            BadInputError: The consultation is unknown.
        """
        kept = self._consultation(consultation_id)
        return self.support.outlook(
            kept.profile, [one.question for one in kept.turns], solution_id=solution_id,
            cost_krw=cost_krw, picked=picked, today=today,
            diagnosis=self.desk.latest(consultation_id),
        )  # fmt: skip

    def record(self, record_id: str) -> dict[str, Any] | None:
        """Return a record with all its fields, None where there is none."""
        if record_id not in self.corpus:
            return None
        kind = self.corpus.kind_of(record_id).value
        # A program or solution has a `kind` of its own (grant, product); it stays what it is.
        return {"record_kind": kind, "kind": kind, **as_plain(self.corpus.record(record_id))}

    def diagnose(
        self, answers: object, *, profile: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """Return the readiness result in the contract's shape.

        Args:
            answers: List of `{item, status, value, grade, note}`.
            profile: Values by field id; they order the plan and never move the level.

        Raises:
            BadInputError: With everything that is wrong with the answers or the profile.
        """
        instrument = self.desk.instrument
        checked = check_answers(answers, instrument, "답")
        return as_json(instrument, self.desk.diagnose(checked, self._company(profile)))

    def report(
        self, report_format: str, consultation_id: str, *, today: date | None = None
    ) -> bytes:
        """Return the report on a consultation's newest diagnosis.

        Raises:
            BadInputError: The consultation is unknown or not diagnosed yet.
        """
        outline = self.desk.outline(consultation_id, today=today or clock.today())
        return render_report(outline, ReportFormat(report_format))

    def report_on(
        self,
        report_format: str,
        answers: object,
        *,
        profile: Mapping[str, object] | None = None,
        today: date | None = None,
    ) -> bytes:
        """Return the report on answers that belong to no consultation; arguments as above."""
        checked = check_answers(answers, self.desk.instrument, "답")
        outline = self.desk.outline_for(
            checked, self._company(profile), today=today or clock.today()
        )
        return render_report(outline, ReportFormat(report_format))

    def profile_fields(self) -> list[ProfileField]:
        """Return the fields of the company profile, in the order of its groups."""
        return list(self.corpus.vocabulary.profile_fields.values())

    def with_corpus(self, corpus: Corpus) -> "Advisor":
        """Return an Advisor on other records, over the same index, stores and interviews."""
        tools = build_tools(self.settings, corpus, self.index)
        tools = replace(
            tools,
            interviewer=self.tools.interviewer,
            reviewed=self.tools.reviewed,
            door=self.tools.door,
        )
        return replace(
            self, corpus=corpus, tools=tools, desk=self.desk.with_corpus(corpus),
            shortlist=self.shortlist.with_corpus(corpus),
            quality=self.quality.with_corpus(corpus) if self.quality else None,
        )  # fmt: skip

    @property
    def engine_name(self) -> str:
        """Return which engine phrases the answers."""
        return self.settings.engine_name

    @property
    def model_host(self) -> str:
        """Return the host that questions are sent to for wording; empty where none leaves here."""
        return self.settings.model_host

    def ready(self) -> dict[str, bool]:
        """Return which parts can be used."""
        return {
            "corpus": True,
            "index": self.index.is_usable(),
            "database": self.index.is_database_usable(),
        }

    def purge(self) -> int:
        """Delete consultations older than the retention, with what they saved; return how many."""
        before = clock.now() - timedelta(days=self.settings.retention_days)
        count = self.transcripts.purge(before)
        self.shortlist.forget_gone()
        return count

    def _is_off(self) -> bool:
        return self.switch is not None and not self.switch.is_on()

    def _off(self, kept: ConsultationLike, text: str, language: str | None) -> Answer:
        """Return, and keep, what is said while the assistant is turned off."""
        answer = replace(off_answer(secrets.token_hex(8), text, language), consultation_id=kept.id)
        self.transcripts.append_turn(
            kept.id, question=mask(visible(text[:20_000]))[0][:4000], answer=answer.to_json(),
            profile=kept.profile, state=kept.state,
        )  # fmt: skip
        return answer

    def _company(self, values: Mapping[str, object] | None) -> Profile:
        fields = self.corpus.vocabulary.profile_fields
        return Profile().with_facts(read_values(values or {}, fields))

    def _consultation(self, consultation_id: str) -> ConsultationLike:
        kept = self.transcripts.load(consultation_id)
        if kept is None:
            raise BadInputError(CONSULTATION_UNKNOWN)
        return kept


def build_advisor(
    settings: Settings, *, keep: bool = True, serving: bool = False, build: bool = True
) -> Advisor:
    """Build an Advisor from the settings.

    Args:
        settings: Folders, engine, model.
        keep: Whether consultations go into the database; else they live in this process only.
        serving: Whether this process owns the home's index until it ends.
        build: Whether a missing or stale index is brought up to date first.

    Raises:
        AdvisorError: The corpus, the index or the home cannot be used; its message says why.
    """
    corpus = load_effective(settings).corpus
    index = (ensure_index if build else open_index)(settings, corpus, serving=serving)
    if keep:
        from advisor.stores.consultations import ConsultationStore  # SQLAlchemy costs 0.3 s
        from advisor.stores.diagnoses import DiagnosisStore
        from advisor.stores.evidence import EvidenceStore
        from advisor.stores.shortlists import ShortlistStore
        from advisor.stores.switches import SwitchStore

        transcripts: Transcripts = ConsultationStore.open(settings)
        diagnoses: Diagnoses | None = DiagnosisStore.open(settings)
        evidence: EvidenceKept | None = EvidenceStore.open(settings)
        shortlists: Shortlists | None = ShortlistStore.open(settings)
        switch: SwitchReader | None = SwitchReader(SwitchStore(index.engine))
    else:
        switch = None
        transcripts, diagnoses, evidence, shortlists = MemoryTranscripts(), None, None, None
    tools = build_tools(settings, corpus, index)
    reviewed = Drafts(index.engine).reviewed_documents
    tools = replace(tools, door=build_door(settings, keep=keep), reviewed=reviewed)
    desk = Desk(settings.corpus, corpus, transcripts, diagnoses, evidence)
    tools = replace(tools, interviewer=build_interviewer(settings, index, desk))
    if serving:
        # Seconds of embedding in a new home, a fraction of one later: nobody has to wait for it.
        Thread(target=warm, args=(tools,), name="warm", daemon=True).start()
    shortlist = Shortlist(corpus, transcripts, shortlists)
    quality = build_quality(settings, corpus, desk) if keep else None
    return Advisor(settings, corpus, index, tools, transcripts, desk, shortlist, switch, quality)
