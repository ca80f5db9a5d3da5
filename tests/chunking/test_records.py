from advisor.chunking.records import chunk_corpus, chunk_record
from advisor.config import PROJECT_ROOT
from advisor.corpus.load import load_corpus
from advisor.domain.passages import Kind
from tests.builders import a_case, a_program


def test_money_dates_and_whom_stand_in_texts_of_their_own():
    program = a_program(
        window={"opens_on": "2026-02-09", "closes_on": "2026-04-09"}, sido=["경기"],
        eligibility={"exclusions": ["휴·폐업 중인 기업"]},
    )  # fmt: skip

    chunks = {one.part: one for one in chunk_record(program, Kind.PROGRAM)}

    assert "최대 5,000만 원" in chunks["money"].text
    assert "접수 마감 2026-04-09" in chunks["apply"].text
    assert "휴·폐업" in chunks["exclusions"].text
    assert chunks["whom"].regions == ("경기",)
    assert {one.title for one in chunks.values()} == {"시험 지원사업"}


def test_a_field_that_no_source_states_makes_no_text():
    case = a_case(outcomes=[], lessons="기준을 먼저 정한다")

    parts = {one.part: one.text for one in chunk_record(case, Kind.CASE)}

    assert "None" not in " ".join(parts.values())


def test_every_real_record_is_found_by_at_least_one_text_that_the_model_reads_whole():
    chunks = chunk_corpus(load_corpus(PROJECT_ROOT / "corpus"))

    assert len(chunks) == 373
    assert all(chunks.values())
    ids = [one.id for parts in chunks.values() for one in parts]
    assert len(ids) == len(set(ids))
    # e5 reads 512 tokens: about 930 Korean characters. What is longer is read in windows.
    longest = max(len(one.text) for parts in chunks.values() for one in parts)
    assert longest < 2_000
