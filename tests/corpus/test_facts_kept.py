"""Nothing of the facts was lost or changed when they became corpus records.

`tests/data/facts_snapshot.json` holds, per record, every number and a digest of every text as they
stood in the fact files on 2026-11-24, under the field names of the corpus.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest
import yaml

from advisor.config import PROJECT_ROOT
from advisor.corpus.load import as_plain, load_corpus
from advisor.domain.records import Corpus
from tests.corpus.facts import NUMBER, flatten, numbers_in, text_digests

SNAPSHOT = json.loads(
    (Path(__file__).parent.parent / "data" / "facts_snapshot.json").read_text(encoding="utf-8")
)
# What the corpus adds to the facts.
ADDED = ("aliases", "criteria", "human_conditions", "checked_on", "sido")


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return load_corpus(PROJECT_ROOT / "corpus")


def test_the_corpus_holds_every_record_of_the_facts_and_no_other(corpus: Corpus) -> None:
    kept = {one.id for one in corpus.records()} - set(corpus.funding_rules)
    counts = {
        name: len(getattr(corpus, name))
        for name in ("programs", "solutions", "cases", "experts", "faqs")
    }

    assert kept == set(SNAPSHOT["records"])
    assert counts == {"programs": 97, "solutions": 66, "cases": 49, "experts": 77, "faqs": 42}


@pytest.mark.parametrize("record_id", sorted(SNAPSHOT["records"]))
def test_every_number_and_text_of_a_record_is_kept(corpus: Corpus, record_id: str) -> None:
    plain = as_plain(corpus.record(record_id))
    for name in ADDED:
        plain.pop(name, None)
    for name in (
        "applicants",
        "closes_at",
        "extended_to",
        "closed_early_on",
        "until_funds_run_out",
    ):
        plain.get("window", {}).pop(name, None)
    flat = flatten(plain)
    expected = SNAPSHOT["records"][record_id]

    assert numbers_in(flat) == expected["numbers"]
    assert text_digests(flat) == expected["texts"]


def test_every_number_and_address_of_the_funding_rules_is_kept(corpus: Corpus) -> None:
    flat = flatten([as_plain(one) for one in corpus.funding_rules.values()])
    numbers = set(numbers_in(flat))
    urls = {str(value) for path, value in flat.items() if path.endswith(".url")}
    rules = SNAPSHOT["funding_rules"]

    assert set(rules["numbers"]) - numbers == set()
    assert set(rules["urls"]) - urls == set()
    assert len(corpus.funding_rules) == 42


def test_the_heads_of_the_fact_files_are_kept_as_rules_for_reading(corpus: Corpus) -> None:
    flat = flatten([as_plain(one) for one in corpus.funding_rules.values()])
    numbers = Counter(numbers_in(flat))
    heads = {number for file in SNAPSHOT["headers"].values() for number in file}
    meta = set(SNAPSHOT["solutions_meta"]["numbers"])

    assert (heads | meta) - set(numbers) == set()
    assert {one.topic for one in corpus.funding_rules.values()} >= {"미확인", "자료 읽는 법"}


def test_the_profile_schema_is_kept_whole() -> None:
    path = PROJECT_ROOT / "corpus" / "vocabulary" / "profile_fields.yaml"
    fields = yaml.safe_load(path.read_text(encoding="utf-8"))
    extra = fields.pop("extra_fields")
    digest = hashlib.sha256(
        json.dumps(fields, ensure_ascii=False, sort_keys=True, default=str).encode()
    ).hexdigest()

    assert digest == SNAPSHOT["profile_fields"]["digest"]
    assert len(extra) == 5
    assert NUMBER.search("없음") is None
