"""Across the corpus files: everything that a single record's shape cannot tell."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from advisor.corpus.lexicon import load_lexicon
from advisor.corpus.load import FOLDERS, ReadFile, corpus_of, doubled_ids, read_files
from advisor.corpus.problems import Problem
from advisor.corpus.readiness import check_instrument
from advisor.corpus.vocabulary import check_vocabulary
from advisor.domain.criteria import (
    AnyOf,
    Certification,
    CompanySize,
    Criterion,
    Industry,
    PriorSupport,
    Region,
)
from advisor.domain.records import (
    AnyRecord,
    CaseStudy,
    Corpus,
    Expert,
    Faq,
    FundingRule,
    SupportProgram,
)
from advisor.domain.vocabulary import Vocabulary
from advisor.errors import CorpusError

NATIONWIDE = "전국"
PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# Years of a program or an amount outside these are a slip of the finger.
FIRST_YEAR, LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What `advisor corpus check` found; `counts` are readable files by folder."""

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]


def check_corpus(folder: Path) -> CheckResult:
    """Check every file and every reference between files; nothing stops at the first problem.

    Raises:
        CorpusError: Only where there is no corpus folder at all.
    """
    files, problems = read_files(folder)
    problems += doubled_ids(files)
    problems += [problem for one in files if (problem := _file_name(one)) is not None]
    problems += check_vocabulary(folder)
    problems += check_instrument(folder)
    try:
        corpus = corpus_of(files, folder)
    except CorpusError:
        # The vocabulary is unreadable; its own problems are listed, what needs it cannot be said.
        corpus = None
    if corpus is not None:
        for one in files:
            problems += _check_record(one, corpus)
        problems += _check_policies(folder, corpus)
    counts = {name: sum(one.file.startswith(f"{name}/") for one in files) for name in FOLDERS}
    return CheckResult(tuple(sorted(set(problems))), counts)


def record_problems(where: str, record: AnyRecord, corpus: Corpus) -> list[Problem]:
    """Return what a record's shape cannot tell: its sources, regions, years and references.

    Args:
        where: What a problem names as its file.
        record: Of any kind.
        corpus: What it may refer to.
    """
    return sorted(set(_check_record(ReadFile(where, record), corpus)))


def _file_name(one: ReadFile) -> Problem | None:
    if Path(one.file).stem == one.record.id:
        return None
    return Problem(
        one.file,
        "id",
        f"파일 이름과 id '{one.record.id}'이(가) 다릅니다",
        f"파일 이름을 {one.record.id}.yaml로 바꾸거나 id를 파일 이름에 맞춰 주세요.",
    )


def _check_record(one: ReadFile, corpus: Corpus) -> Iterator[Problem]:
    record, where = one.record, one.file
    yield from _sources(one)
    yield from _sido(where, record.sido, corpus.vocabulary)
    if any(not alias.strip() for alias in record.aliases):
        yield Problem(where, "aliases", "빈 이름이 있습니다", "그 줄을 지워 주세요.")
    if isinstance(record, SupportProgram):
        yield from _program(where, record, corpus)
    elif isinstance(record, Expert):
        yield from _regions_said(where, "regions", record.regions, corpus.vocabulary)
    elif isinstance(record, CaseStudy):
        yield from _case(where, record)
    elif isinstance(record, Faq | FundingRule):
        yield from _references(where, "related_programs", record.related_programs, corpus)


def _sources(one: ReadFile) -> Iterator[Problem]:
    for index, source in enumerate(one.record.sources):
        if source.url is not None and not _is_address(source.url):
            yield Problem(
                one.file,
                f"sources.{index}.url",
                f"주소에 http:// 또는 https://가 없거나 주소가 아닙니다: {source.url}",
                "https://로 시작하는 전체 주소를 적어 주세요. 주소가 없는 자료면 null로 적습니다.",
            )
        if source.date is not None and not _is_day(source.date, latest=one.record.checked_on):
            yield Problem(
                one.file,
                f"sources.{index}.date",
                f"없는 날짜이거나 확인일보다 뒤입니다: {source.date}",
                "있는 날짜를 YYYY-MM-DD, YYYY-MM, YYYY 가운데 하나로 적어 주세요.",
            )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc and " " not in url


def _is_day(text: str, *, latest: date) -> bool:
    if not PARTIAL_DATE.fullmatch(text):
        return False
    try:
        day = date.fromisoformat(text + "-01-01"[len(text) - 10 :] if len(text) < 10 else text)
    except ValueError:
        return False
    return day.year >= FIRST_YEAR and day <= latest


def _sido(where: str, names: tuple[str, ...], vocabulary: Vocabulary) -> Iterator[Problem]:
    for name in names:
        if name not in vocabulary.sido_names:
            yield _unknown_region(where, "sido", name)


def _unknown_region(where: str, field: str, name: str) -> Problem:
    return Problem(
        where,
        field,
        f"모르는 지역입니다: {name}",
        "서울, 경기, 전북처럼 corpus/vocabulary/regions.yaml의 짧은 이름으로 적어 주세요.",
    )


def _regions_said(
    where: str, field: str, names: tuple[str, ...], vocabulary: Vocabulary
) -> Iterator[Problem]:
    """A region in words starts with a 시·도 or 전국, or is a country of a programme abroad."""
    for name in names:
        first = re.split(r"[\s·(/]", name)[0]
        if first != NATIONWIDE and first not in (*vocabulary.sido_names, *vocabulary.abroad):
            yield _unknown_region(where, field, name)


def _references(where: str, field: str, ids: tuple[str, ...], corpus: Corpus) -> Iterator[Problem]:
    for one in ids:
        if one not in corpus.programs:
            yield Problem(
                where,
                field,
                f"없는 지원사업을 가리킵니다: {one}",
                "corpus/programs에 있는 id로 고치거나 지워 주세요.",
            )


def _case(where: str, case: CaseStudy) -> Iterator[Problem]:
    if case.year is not None and not FIRST_YEAR <= case.year <= case.checked_on.year:
        yield Problem(
            where, "year", f"있을 수 없는 연도입니다: {case.year}", "연도를 확인해 주세요."
        )


def _program(where: str, program: SupportProgram, corpus: Corpus) -> Iterator[Problem]:
    yield from _money(where, program)
    yield from _dates(where, program)
    yield from _regions_said(
        where, "eligibility.region", program.eligibility.region, corpus.vocabulary
    )
    for name in program.eligibility.company_size or ():
        if not corpus.vocabulary.size_classes(name):
            yield _unknown_word(where, "eligibility.company_size", name, "company_sizes.yaml")
    for index, criterion in enumerate(program.criteria):
        yield from _criterion(where, f"criteria.{index}", criterion, program, corpus)


def _money(where: str, program: SupportProgram) -> Iterator[Problem]:
    support = program.support
    if support.max_amount_krw is not None:
        for name, value in (
            ("amount_basis", support.amount_basis),
            ("amount_year", support.amount_year),
        ):
            if value is None:
                yield Problem(
                    where,
                    f"support.{name}",
                    "금액은 있는데 그 기준이 없습니다",
                    "한도가 무엇당(amount_basis), 어느 해(amount_year) 것인지 적어 주세요.",
                )
    has_figure = support.max_amount_krw is not None or support.subsidy_rate is not None
    if has_figure and not any(one.supports for one in program.sources):
        yield Problem(
            where,
            "support",
            "금액이나 비율을 받치는 출처가 없습니다",
            "sources에 그 금액을 적은 자료를 넣고 supports에 무엇을 받치는지 적어 주세요.",
        )


def _dates(where: str, program: SupportProgram) -> Iterator[Problem]:
    window = program.window
    opens, closes = window.opens_on, window.closes_on
    if opens is not None and closes is not None and closes < opens:
        yield Problem(
            where,
            "window.closes_on",
            f"접수 마감({closes})이 시작({opens})보다 앞섭니다",
            "두 날짜를 공고와 맞춰 주세요.",
        )
    if window.status_said == "closed" and closes is None:
        yield Problem(
            where,
            "window.status_said",
            "closed인데 마감일이 없습니다",
            "closes_on을 적거나, 이전 연도판이면 past_edition으로 적어 주세요.",
        )
    last = window.extended_to or closes
    over = last is not None and last < program.checked_on
    if over and window.status_said != "closed" and window.applicants == "company":
        yield Problem(
            where,
            "window.status_said",
            f"확인일에 이미 지난 마감일({last})인데 '{window.status_said}'입니다",
            "closed로 적어 주세요. 기업이 아니라 운영기관 모집 기간이면 applicants: operator를 적습니다.",
        )
    for name, year in (
        ("year", program.year),
        ("support.amount_year", program.support.amount_year),
    ):
        if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
            yield Problem(where, name, f"있을 수 없는 연도입니다: {year}", "연도를 확인해 주세요.")


def _criterion(
    where: str, field: str, criterion: Criterion, program: SupportProgram, corpus: Corpus
) -> Iterator[Problem]:
    if criterion.source is not None and criterion.source >= len(program.sources):
        yield Problem(
            where,
            f"{field}.source",
            f"출처 {criterion.source}번이 없습니다(0번부터 {len(program.sources) - 1}번까지)",
            "sources의 순서에 맞는 번호로 고쳐 주세요.",
        )
    if isinstance(criterion, AnyOf):
        for number, option in enumerate(criterion.options):
            for index, one in enumerate(option.criteria):
                inner = f"{field}.options.{number}.criteria.{index}"
                yield from _criterion(where, inner, one, program, corpus)
    elif isinstance(criterion, PriorSupport):
        yield from _references(where, f"{field}.programs", criterion.programs, corpus)
    else:
        for name, word, home in _words_of(criterion, corpus.vocabulary):
            yield _unknown_word(where, f"{field}.{name}", word, home)


def _words_of(criterion: Criterion, vocabulary: Vocabulary) -> Iterator[tuple[str, str, str]]:
    """Yield field, word and home file for every word of a criterion that no list knows."""
    known: list[tuple[str, tuple[str, ...], Callable[[str], bool], str]] = []
    fields = vocabulary.profile_fields
    if isinstance(criterion, CompanySize):
        for name in ("allowed", "excluded"):
            words = getattr(criterion, name)
            known.append((name, words, lambda one: bool(vocabulary.size_classes(one)),
                          "company_sizes.yaml"))  # fmt: skip
    elif isinstance(criterion, Region):
        places = {one.official for one in vocabulary.places if one.sido in criterion.sido}
        known.append(("sido", criterion.sido, vocabulary.sido_names.__contains__, "regions.yaml"))
        known.append(("never", criterion.never, vocabulary.sido_names.__contains__, "regions.yaml"))
        known.append(("sigungu", criterion.sigungu, places.__contains__, "regions.yaml"))
    elif isinstance(criterion, Industry):
        codes = {one.ksic for one in vocabulary.industries}
        processes = fields["main_processes"].allowed or ()
        known.append(("ksic", criterion.ksic, codes.__contains__, "industries.yaml"))
        known.append(
            ("processes", criterion.processes, processes.__contains__, "profile_fields.yaml")
        )
    elif isinstance(criterion, Certification):
        held = fields["certifications"].allowed or ()
        known.append(("any_of", criterion.any_of, held.__contains__, "profile_fields.yaml"))
    for name, words, is_known, home in known:
        for word in words:
            if not is_known(word):
                yield name, word, home


def _unknown_word(where: str, field: str, word: str, home: str) -> Problem:
    return Problem(
        where,
        field,
        f"목록에 없는 낱말입니다: {word}",
        f"corpus/vocabulary/{home}에 있는 낱말로 적거나 그 파일에 먼저 더해 주세요.",
    )


def _check_policies(folder: Path, corpus: Corpus) -> Iterator[Problem]:
    try:
        lexicon = load_lexicon(folder)
    except CorpusError as error:
        yield Problem(
            "vocabulary/terms.yaml, policies.yaml, scope.yaml, glossary.yaml",
            "-",
            error.user_message.text,
            "YAML 형식과 칸 이름을 확인해 주세요: " + error.detail.splitlines()[0],
        )
        return
    for policy in lexicon.policies:
        for one in policy.records:
            if one not in corpus:
                yield Problem(
                    "vocabulary/policies.yaml",
                    f"{policy.id}.records",
                    f"없는 기록을 가리킵니다: {one}",
                    "있는 기록의 id로 고치거나 지워 주세요.",
                )
    for term in lexicon.terms:
        if term.record not in corpus:
            yield Problem(
                "vocabulary/glossary.yaml",
                f"{term.say[0]}.record",
                f"없는 기록을 가리킵니다: {term.record}",
                "뜻을 뒷받침하는 기록의 id로 고쳐 주세요.",
            )
