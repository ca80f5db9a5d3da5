"""Reads prompts/*.md and fills their variables; refuses a missing or an unknown one."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from advisor.domain.prompt import ModelRole, Prompt
from advisor.errors import BadInputError
from advisor.messages import UserMessage

_FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
_MARK = re.compile(r"</?(?P<name>[A-Za-z가-힣_]+)>")


class _Head(BaseModel):
    """Front matter of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: str
    model: ModelRole
    reply: str


@dataclass(frozen=True, slots=True)
class PromptTemplate:
    """A prompt file: Korean text with `$name` variables and what its front matter says."""

    name: str
    purpose: str
    role: ModelRole
    reply: str
    body: str
    digest: str

    @property
    def variables(self) -> frozenset[str]:
        """Names of the variables that the text has."""
        return frozenset(Template(self.body).get_identifiers())

    @property
    def marks(self) -> frozenset[str]:
        """Names of the marks, such as 근거 for `<근거>`, that stand around filled-in material."""
        return frozenset(found["name"] for found in _MARK.finditer(self.body))

    def fill(self, **values: str) -> Prompt:
        """Return the prompt with every variable filled.

        What is filled in comes from users and documents and may try to close a mark and go on as
        an instruction, so the marks of this prompt lose their brackets inside a value.

        Raises:
            BadInputError: The file lacks a variable that is given, or has one that is not.
        """
        if self.variables != values.keys():
            lacking = sorted(self.variables - values.keys())
            unknown = sorted(values.keys() - self.variables)
            raise BadInputError(
                _broken(
                    self.name,
                    f"채울 수 없는 변수 {lacking}, 없는 변수 {unknown}",
                ),
                detail=f"prompt={self.name} lacking={lacking} unknown={unknown}",
            )
        safe = {name: self._defuse(value) for name, value in values.items()}
        return Prompt(
            name=self.name,
            text=Template(self.body).substitute(safe),
            digest=self.digest,
            role=self.role,
            reply=self.reply,
        )

    def _defuse(self, value: str) -> str:
        marks = self.marks
        return _MARK.sub(
            lambda found: (
                found[0].replace("<", "〈").replace(">", "〉")
                if found["name"] in marks
                else found[0]
            ),
            value,
        )


def load_prompt(folder: Path, name: str) -> PromptTemplate:
    """Read the prompt file `<folder>/<name>.md`.

    Raises:
        BadInputError: The file is missing, unreadable, or its front matter is wrong.
    """
    try:
        data = (folder / f"{name}.md").read_bytes()
        found = _FRONT_MATTER.match(data.decode("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(_broken(name, "파일을 읽을 수 없음"), detail=str(error)) from error
    if found is None:
        raise BadInputError(_broken(name, "맨 앞에 --- 로 둘러싼 머리말이 없음"))
    try:
        head = _Head.model_validate(yaml.safe_load(found["head"]))
    except (yaml.YAMLError, ValidationError) as error:
        raise BadInputError(
            _broken(name, "머리말은 purpose, model(fast 또는 main), reply 셋이어야 함"),
            detail=str(error),
        ) from error
    body = found["body"].strip()
    if not Template(body).is_valid():
        raise BadInputError(_broken(name, "$ 뒤에 변수 이름이 아닌 글자가 있음($ 글자는 $$)"))
    return PromptTemplate(
        name=name,
        purpose=head.purpose,
        role=head.model,
        reply=head.reply,
        body=body,
        digest=hashlib.sha256(data).hexdigest(),
    )


def load_prompts(folder: Path) -> Mapping[str, PromptTemplate]:
    """Read every prompt file of the folder, by name; README.md is not one.

    Raises:
        BadInputError: One of the files is wrong.
    """
    names = sorted(path.stem for path in folder.glob("*.md") if path.name != "README.md")
    return {name: load_prompt(folder, name) for name in names}


def _broken(name: str, reason: str) -> UserMessage:
    return UserMessage(
        text=f"프롬프트 파일 prompts/{name}.md를 쓸 수 없습니다: {reason}.",
        next_step="prompts/README.md의 설명에 맞게 고치거나 원래 파일로 되돌려 주세요.",
    )
