"""`corpus/vocabulary/terms.yaml`, `policies.yaml`, `scope.yaml`, `worries.yaml` and more to a Lexicon."""

import re
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from advisor.corpus.problems import read_yaml
from advisor.domain.lexicon import Concept, Lexicon, Policy, Term
from advisor.errors import CorpusError
from advisor.messages import UserMessage

Shape = TypeVar("Shape", bound=BaseModel)


# A repetition without an end over anything but blanks can be made to run for minutes.
_ENDLESS = re.compile(r"(?:\\[SwWdD]|\.|\]|\))(?:[*+]|\{\d+,\})")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Concept(_Strict):
    id: str
    say: list[str]
    means: list[str]
    trade: bool = False


class _Policy(_Strict):
    id: str
    status: Literal["blocked", "out_of_scope"]
    patterns: list[str]
    reply: str
    next_step: str
    unless: list[str] = []
    records: list[str] = []
    scope: Literal["message", "sentence"] = "message"
    strip: bool = False

    @field_validator("patterns")
    @classmethod
    def _ends(cls, patterns: list[str]) -> list[str]:
        for one in patterns:
            if found := _ENDLESS.search(one):
                raise ValueError(f"endless repetition {found[0]} in {one}")
        return patterns


class _Terms(_Strict):
    concepts: list[_Concept]


class _Policies(_Strict):
    policies: list[_Policy]


class _Term(_Strict):
    say: list[str]
    meaning: str
    record: str


class _Glossary(_Strict):
    terms: list[_Term]


class _Scope(_Strict):
    inside: list[str]
    outside: list[str]


class _Worries(_Strict):
    sayings: dict[str, list[str]]


def load_lexicon(corpus_folder: Path) -> Lexicon:
    """Read the files; raises CorpusError that names the file and what is wrong."""
    terms = _read(corpus_folder / "vocabulary" / "terms.yaml", _Terms)
    policies = _read(corpus_folder / "vocabulary" / "policies.yaml", _Policies)
    glossary = _read(corpus_folder / "vocabulary" / "glossary.yaml", _Glossary)
    scope = _read(corpus_folder / "vocabulary" / "scope.yaml", _Scope)
    worries = _read(corpus_folder / "vocabulary" / "worries.yaml", _Worries)
    return Lexicon(
        concepts=tuple(
            Concept(one.id, tuple(one.say), tuple(one.means), one.trade) for one in terms.concepts
        ),
        policies=tuple(
            Policy(
                id=one.id,
                status=one.status,
                patterns=tuple(re.compile(pattern, re.IGNORECASE) for pattern in one.patterns),
                reply=one.reply,
                next_step=one.next_step,
                unless=tuple(one.unless),
                records=tuple(one.records),
                by_sentence=one.scope == "sentence",
                strip=one.strip,
            )
            for one in policies.policies
        ),
        inside=tuple(scope.inside),
        outside=tuple(scope.outside),
        terms=tuple(Term(tuple(one.say), one.meaning, one.record) for one in glossary.terms),
        worries={name: tuple(said) for name, said in worries.sayings.items()},
    )


def _read(path: Path, shape: type[Shape]) -> Shape:
    try:
        return shape.model_validate(read_yaml(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError, re.error) as error:
        raise CorpusError(
            UserMessage(
                text=f"낱말 파일 {path.name}을(를) 읽지 못했습니다.",
                next_step="`advisor corpus check`로 고칠 곳을 확인해 주세요.",
            ),
            detail=f"{path.name}: {error}",
        ) from error
