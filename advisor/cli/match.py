"""`advisor match`: a company to verdicts and recommendations."""

import json
from pathlib import Path

import click

from advisor.cli.profile_file import company_from, day_from
from advisor.config import Settings
from advisor.corpus.effective import load_effective
from advisor.corpus.readiness import load_instrument
from advisor.domain.match import Match, Verdict, WindowState
from advisor.domain.passages import Kind
from advisor.domain.records import Corpus
from advisor.matching.matches import KINDS, match_records, rank_missing
from advisor.matching.present import match_json
from advisor.matching.solutions import Readiness

VERDICT_WORDS = {
    Verdict.ELIGIBLE: "대상",
    Verdict.NOT_ELIGIBLE: "대상 아님",
    Verdict.UNKNOWN: "확인 필요",
}
WINDOW_WORDS = {
    WindowState.OPEN: "접수 중", WindowState.UPCOMING: "접수 예정", WindowState.CLOSED: "마감",
    WindowState.UNKNOWN: "접수 기간 미확인",
}  # fmt: skip
KIND_WORDS = {
    "program": "지원사업",
    "solution": "솔루션",
    "case": "도입 사례",
    "expert": "기관·전문가",
}


@click.command(
    epilog="예: advisor match --profile 회사.yaml --kind program -k 5 --json  (회사.yaml: employees_regular: 30)"
)
@click.option(
    "--profile", "profile_file", required=True, type=click.Path(path_type=Path),
    help="회사 정보 파일(YAML, JSON).",
)  # fmt: skip
@click.option(
    "--kind",
    type=click.Choice([one.value for one in KINDS]),
    help="한 종류만 봅니다. 비우면 모두 봅니다.",
)
@click.option(
    "-k",
    "count",
    default=5,
    type=click.IntRange(0),
    help="종류마다 몇 건까지 볼지. 0은 모두(대상이 아닌 것도).",
)
@click.option("--worry", default="", help="가장 큰 고민을 말하듯이 적습니다.")
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def match(
    *, profile_file: Path, kind: str | None, count: int, worry: str, day: str | None, as_json: bool
) -> None:
    """회사 정보에 맞는 지원사업·솔루션·사례·기관을 자격과 까닭과 함께 보여 줍니다."""
    settings, today = Settings(), day_from(day)
    corpus = load_effective(settings).corpus
    company = company_from(profile_file, corpus, today)
    readiness = Readiness(load_instrument(settings.corpus))
    found = [
        one
        for chosen in ([Kind(kind)] if kind else KINDS)
        for one in match_records(
            corpus, company, kind=chosen, today=today, readiness=readiness, k=count, worry=worry
        )
    ]
    if as_json:
        click.echo(
            json.dumps([match_json(one, corpus) for one in found], ensure_ascii=False, indent=1)
        )
    else:
        click.echo(show(found, corpus))


def show(found: list[Match], corpus: Corpus) -> str:
    """Return matches as plain text for a terminal."""
    lines: list[str] = []
    for kind, name in KIND_WORDS.items():
        rows = [one for one in found if one.kind == kind]
        if rows:
            lines += [name, *(line for one in rows for line in _row(one, corpus)), ""]
    asked = [(name, count) for name, count in rank_missing(found) if count]
    if asked:
        fields = corpus.vocabulary.profile_fields
        said = ", ".join(
            f"{fields[name].label}({count}건)" for name, count in asked[:3] if name in fields
        )
        lines.append(f"알려 주시면 판정이 정해지는 것: {said}")
    return "\n".join(lines) if lines else "맞는 자료를 찾지 못했습니다. 회사 정보를 더 적어 주세요."


def _row(match: Match, corpus: Corpus) -> list[str]:
    title = corpus.record(match.record_id).title
    if match.kind == Kind.PROGRAM.value:
        head = f"  [{VERDICT_WORDS[match.verdict]}] {title} · {WINDOW_WORDS[match.window.state]}"
    else:
        head = f"  {title}"
    return [head, f"      {match.why}", *(f"      → {one.says}" for one in match.changes)]
