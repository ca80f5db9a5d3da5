"""Thousands of rule cases as data, and two judges that must agree."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.match import Verdict
from advisor.domain.profile import Fact, Profile
from advisor.domain.records import Corpus
from advisor.matching.eligibility import judge_program
from advisor.matching.table import VERDICTS, ProgramTable
from tests.builders import a_criterion, a_profile, a_program
from tests.matching.make_cases import cases_of, variants
from tests.matching.second_judge import verdict_of

TODAY = date(2026, 11, 24)
FILE = Path(__file__).parent.parent / "data" / "matching" / "rule_cases.jsonl"


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


@pytest.fixture(scope="module")
def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def test_every_rule_case_gets_its_result_and_verdict(
    corpus: Corpus, cases: list[dict[str, Any]]
) -> None:
    wrong = []
    for case in cases:
        program = corpus.programs[case["program"]]
        match = judge_program(
            program, a_profile(**case["facts"]), vocabulary=corpus.vocabulary, today=TODAY
        )
        judged = match.criteria[case["criterion"]]
        if (judged.result.value, match.verdict.value) != (case["result"], case["verdict"]):
            wrong.append((case, judged, match.verdict.value))

    assert wrong == []


def test_the_cases_are_those_of_the_corpus_and_cover_every_kind_of_criterion(
    corpus: Corpus, cases: list[dict[str, Any]]
) -> None:
    made = [row for program in corpus.programs.values() for row in cases_of(program)]
    used = {corpus.programs[one["program"]].criteria[one["criterion"]].type for one in cases}
    in_corpus = {one.type for program in corpus.programs.values() for one in program.criteria}

    assert len(cases) >= 2_000
    assert cases == made, "run `python -m tests.matching.make_cases` and read what changed"
    assert used == in_corpus
    assert min(Counter(one["verdict"] for one in cases).values()) > 200


def random_companies(corpus: Corpus, count: int) -> Iterator[dict[str, Any]]:
    """Companies put together from the facts around all criteria of the corpus."""
    pool: dict[str, list[Any]] = {}
    for program in corpus.programs.values():
        for criterion in program.criteria:
            for facts in variants(criterion):
                for name, value in facts.items():
                    if value is not None and value not in pool.setdefault(name, []):
                        pool[name].append(value)
    chance = random.Random(4)
    for _ in range(count):
        known = chance.sample(sorted(pool), chance.randint(1, 12))
        yield {name: chance.choice(pool[name]) for name in known}


def test_two_judges_agree_on_random_companies(corpus: Corpus) -> None:
    differ = []
    for facts in random_companies(corpus, 150):
        for program in corpus.programs.values():
            mine = judge_program(
                program, a_profile(**facts), vocabulary=corpus.vocabulary, today=TODAY
            ).verdict.value
            theirs = verdict_of(program, facts, TODAY)
            if mine != theirs:
                differ.append((program.id, facts, mine, theirs))

    assert differ == []


def test_the_table_of_programs_gives_the_verdicts_of_the_judge(corpus: Corpus) -> None:
    programs = list(corpus.programs.values())
    table = ProgramTable(
        [*programs, a_program(id="without-criteria", criteria=[])], corpus.vocabulary
    )
    for facts in random_companies(corpus, 40):
        found = table.screen(a_profile(**facts), TODAY)
        single = [table.explain(at, a_profile(**facts), TODAY) for at in range(len(table))]

        assert [VERDICTS[one] for one in found.verdicts] == [one.verdict for one in single]
        assert table.programs[-1].id == "without-criteria"
        assert VERDICTS[found.verdicts[-1]] is Verdict.UNKNOWN


# Facts that settle what was only concluded from others: a certificate beats "never built", a stated
# class of size beats a head count, the average of three years beats one year.
CAUSES = {"size_class", "sf_level_official", "revenue_krw_3y_avg", "certifications", "company_role",
          "hq_sido", "industry_ksic", "collects_data", "data_types_available", "systems_in_use"}  # fmt: skip


def test_more_facts_never_turn_a_refusal_into_an_offer_without_a_stated_cause(
    corpus: Corpus,
) -> None:
    chance = random.Random(11)
    for facts in random_companies(corpus, 120):
        fewer = {name: value for name, value in facts.items() if chance.random() < 0.6}
        added = set(facts) - set(fewer)
        for program in corpus.programs.values():
            before, after = (
                judge_program(program, a_profile(**one), vocabulary=corpus.vocabulary, today=TODAY)
                for one in (fewer, facts)
            )
            if before.verdict is Verdict.NOT_ELIGIBLE and after.verdict is Verdict.ELIGIBLE:
                changed = [
                    new.because
                    for old, new in zip(before.criteria, after.criteria, strict=True)
                    if old.because != new.because
                ]
                assert added & CAUSES, (program.id, fewer, added)
                assert changed


def test_a_company_that_says_nothing_is_eligible_nowhere(corpus: Corpus) -> None:
    table = ProgramTable(list(corpus.programs.values()), corpus.vocabulary)
    found = table.screen(Profile({}), TODAY)

    assert {VERDICTS[one] for one in found.verdicts} == {Verdict.UNKNOWN}


@pytest.mark.parametrize(
    ("bound", "founded", "verdict"),
    [
        ({"at_most": 7}, "2019-11-24", "eligible"),
        ({"at_most": 7}, "2019-11-23", "not_eligible"),
        ({"less_than": 7}, "2019-11-24", "not_eligible"),
        ({"less_than": 7}, "2019-11-25", "eligible"),
        ({"at_least": 3}, "2023-11-24", "eligible"),
        ({"at_least": 3}, "2023-11-25", "not_eligible"),
        ({"at_least": 3}, "2023", "unknown"),
        ({"at_least": 3}, "2022", "eligible"),
        ({"at_most": 7}, None, "unknown"),
    ],
)
def test_an_age_is_judged_to_the_day(
    corpus: Corpus, bound: dict[str, int], founded: str | None, verdict: str
) -> None:
    program = a_program(criteria=[a_criterion("business_age", words="업력", **bound)])
    facts = {"established_on": founded} if founded else {}
    profile = a_profile(**facts)
    match = judge_program(program, profile, vocabulary=corpus.vocabulary, today=TODAY)

    assert match.verdict.value == verdict
    assert verdict_of(program, facts, TODAY) == verdict


def test_a_whole_number_of_years_is_known_to_the_year(corpus: Corpus) -> None:
    def verdict(**bound: int) -> str:
        program = a_program(criteria=[a_criterion("business_age", words="업력", **bound)])
        profile = Profile({"business_age_years": Fact(7)})
        return judge_program(
            program, profile, vocabulary=corpus.vocabulary, today=TODAY
        ).verdict.value

    assert [verdict(at_least=7), verdict(less_than=7), verdict(at_most=7)] == [
        "eligible", "not_eligible", "unknown",
    ]  # fmt: skip
