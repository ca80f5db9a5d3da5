"""The parts that an Advisor is made of, each built with the concrete classes that it needs."""

from collections.abc import Callable, Sequence
from functools import cache

from advisor import clock
from advisor.answering.relevance import Relevance
from advisor.answering.statements import statements
from advisor.config import Settings
from advisor.conversation.desk import Desk
from advisor.conversation.door import open_door
from advisor.conversation.tools import Tools
from advisor.corpus.lexicon import load_lexicon
from advisor.corpus.notices.model import PROMPT as NOTICE_PROMPT
from advisor.corpus.notices.model import find_by_model
from advisor.corpus.readiness_english import load_english
from advisor.corpus.readiness_talk import load_cues, load_said, load_sayings
from advisor.corpus.reviewing import ReadMore
from advisor.diagnosis.interview import Interviewer
from advisor.diagnosis.talk import AnswerReader
from advisor.domain.drafts import DraftField
from advisor.domain.passages import Document
from advisor.domain.records import AnyRecord, CaseStudy, Corpus, Faq, FundingRule, Solution
from advisor.evaluation.grounds import Grounds
from advisor.evaluation.live import QualityWatch
from advisor.indexing.build import Index
from advisor.intake.names import Named, NameIndex
from advisor.intake.scope import Scope
from advisor.intake.screen import mask
from advisor.intake.worries import Worries
from advisor.llm.budget import DayLedger, MemoryLedger
from advisor.llm.session import ModelDoor
from advisor.matching.windows import window_on
from advisor.prompts import load_prompt
from advisor.stores.vector_cache import kept_vectors


def build_quality(settings: Settings, corpus: Corpus, desk: Desk) -> QualityWatch:
    """Return what checks live turns and keeps what it finds."""
    from advisor.stores.quality import QualityStore

    return QualityWatch(QualityStore.open(settings), Grounds(corpus, lambda: desk.instrument))


def build_tools(settings: Settings, corpus: Corpus, index: Index) -> Tools:
    """Prepare what the steps of a turn share."""
    day = clock.today()
    sentences = {
        record.id: [
            record.title,
            *(
                one.text
                for one in statements(
                    record, today=day, window_of=lambda program: window_on(program.window, day)
                )
            ),
        ]
        for record in corpus.records()
    }
    lexicon = load_lexicon(settings.corpus)
    scope = Scope(
        lexicon.inside, lexicon.outside, index.embedder.embed_passages,
        kept_vectors(index.embedder, settings.home / "cache"),
    )  # fmt: skip
    worries = Worries(
        lexicon.worries, index.embedder.embed_passages,
        kept_vectors(index.embedder, settings.home / "cache"),
    )  # fmt: skip
    return Tools(
        corpus=corpus,
        lexicon=lexicon,
        scope=scope.margin,
        hear=worries.hear,
        names=NameIndex.build(map(_named(corpus), corpus.records())),
        relevance=Relevance(sentences),
        searcher=index,
        max_question_chars=settings.max_question_chars,
        titles={record.id: _short_title(record) for record in corpus.records()},
        prompts=settings.prompts,
    )


def build_interviewer(settings: Settings, index: Index, desk: Desk) -> Callable[[], Interviewer]:
    """Return what leads readiness interviews; instrument, cues and sayings are read at first use."""

    @cache
    def interviewer() -> Interviewer:
        instrument = desk.instrument
        reader = AnswerReader(
            instrument, load_cues(settings.corpus, instrument),
            load_sayings(settings.corpus, instrument), index.embedder.embed_passages,
            kept_vectors(index.embedder, settings.home / "cache"),
        )  # fmt: skip
        said = load_said(settings.corpus, instrument)
        return Interviewer(instrument, reader, said, load_english(settings.corpus, instrument))

    return interviewer


def _short_title(record: AnyRecord) -> str:
    """Return the name a follow-up puts in front of itself."""
    if isinstance(record, CaseStudy):
        return record.company
    return record.title


def _named(corpus: Corpus) -> Callable[[AnyRecord], Named]:
    def named(record: AnyRecord) -> Named:
        names = list(record.aliases)
        if isinstance(record, CaseStudy):
            names.append(record.company)
        elif not isinstance(record, (Faq, FundingRule)):
            names += [record.name, record.name_en]
            if isinstance(record, Solution) and record.kind == "product" and record.supplier:
                names.append(record.supplier)
        return Named(
            record.id, corpus.kind_of(record.id), tuple(names), getattr(record, "year", None)
        )

    return named


def build_notice_reader(settings: Settings, door: ModelDoor | None) -> ReadMore | None:
    """Return what reads notices beside the rules, None where no model may."""
    if door is None:
        return None
    prompt = load_prompt(settings.prompts, NOTICE_PROMPT)

    def read(document: Document) -> Sequence[DraftField]:
        model = door.begin()
        return find_by_model(document, model, prompt) if model.offers(NOTICE_PROMPT) else ()

    return read


def build_door(settings: Settings, *, keep: bool) -> ModelDoor | None:
    """Return the door to the language models, None where no endpoint is set."""
    if not settings.has_model:
        return None
    ledger: DayLedger = MemoryLedger()
    if keep:
        from advisor.stores.model_usage import ModelUsageStore  # SQLAlchemy costs 0.3 s

        ledger = ModelUsageStore.open(settings)
    return open_door(settings, ledger=ledger, mask=lambda text: mask(text)[0])


def warm(tools: Tools) -> None:
    """Have the vectors of all sayings made and kept in the home, before somebody waits for them."""
    for compare in (tools.scope, tools.hear):
        if compare is not None:
            compare("")
    if tools.interviewer is not None:
        tools.interviewer().reader.warm()
