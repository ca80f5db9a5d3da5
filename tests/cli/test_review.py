import json
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor.config import Settings
from tests.cli.conftest import Done

NOTICE = """하늘시 공고 제2030-77호
2031년 하늘시 도금공정 예지보전 지원사업 참여기업 모집 공고
2030. 11. 18.
□ 사업목적 : 도금 공정의 설비 이상을 미리 알아내는 체계의 보급
□ 지원금액 : 기업당 최대 4,300만원
□ 접수기간 : 2030. 11. 25. ~ 2030. 12. 20. 18:00
"""


def test_a_notice_goes_from_file_to_signed_record_and_back_on_the_command_line(
    advisor: Callable[..., Done], settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "공고.txt"
    file.write_text(NOTICE, encoding="utf-8")

    def run(*arguments: str) -> Done:
        return advisor("review", *arguments, home=settings.home)

    read = run("read", str(file), "--json")
    draft = json.loads(read.out)["id"]
    assert "2030-12-20" in run("show", str(draft)).out
    fixed = run("correct", str(draft), "id=haneul-2031", "support.max_amount_krw=4천만원",
                "--by", "김담당", "--json")  # fmt: skip
    assert json.loads(fixed.out)["record"]["support"]["max_amount_krw"] == 40_000_000
    assert run("publish", str(draft), "--by", "김담당", "--note", "대조함").code == 0

    history = json.loads(run("history", "haneul-2031", "--json").out)
    assert [(one["version"], one["signed_by"], one["note"]) for one in history] == [
        (1, "김담당", "대조함")
    ]
    assert "검토할" not in run("list").out
    assert run("rollback", "haneul-2031", "7", "--by", "박팀장").code == 2
    assert run("withdraw", "haneul-2031", "--by", "박팀장").code == 0


@pytest.mark.parametrize(
    "arguments", [("show", "99"), ("publish", "1"), ("correct", "1", "name", "--by", "김담당"),
                  ("read", "없는파일.pdf"), ("withdraw", "no-such", "--by", "김담당")]
)  # fmt: skip
def test_what_cannot_be_done_ends_with_a_sentence_and_code_2(
    advisor: Callable[..., Done], settings: Settings, arguments: tuple[str, ...]
) -> None:
    done = advisor("review", *arguments, home=settings.home)

    assert done.code == 2
    assert done.err.strip()
    assert "Traceback" not in done.err


def test_the_stale_list_is_of_the_day_that_is_asked(
    advisor: Callable[..., Done], settings: Settings
) -> None:
    def stale(day: str) -> list[dict[str, object]]:
        done = advisor("corpus", "stale", "--today", day, "--json", home=settings.home)
        found: list[dict[str, object]] = json.loads(done.out)
        return found

    assert len(stale("2026-11-25")) < len(stale("2027-06-01"))
