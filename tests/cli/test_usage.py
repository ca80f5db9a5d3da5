"""Bad usage is told in Korean with the next step, whichever command it is."""

import sys

import pytest

from advisor.cli import main


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nope"], "그런 명령은 없습니다."),
        (["ask", "--jsn", "x"], "--jsn(이)라는 선택 항목은 없습니다. 혹시 --json인가요?"),
        (["search", "x", "--kind", "nope"], "--kind에 쓸 수 없는 값입니다. program, solution,"),
        (["search", "x", "-k", "zero"], "-k에 쓸 수 없는 값입니다. 1"),
        (["search"], "QUERY을(를) 적어 주세요."),
        (["plan", "--solution", "a", "--cost", "-1", "--profile", "a"], "--cost에 쓸 수 없는 값"),
        (["eval", "there-is-no-such-folder"], "FOLDER에 쓸 수 없는 값입니다. 있는 파일이나 폴더"),
        (["search", "a", "b"], "명령에 남거나 모자라는 말이 있습니다."),
        (["search", "a", "-k"], "-k에는 값을 하나 적어 주세요."),
        (["ask"], "질문을 적어 주세요."),
    ],
)  # fmt: skip
def test_bad_usage_is_told_in_korean_with_the_next_step(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(sys, "argv", ["advisor", *arguments])

    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr().err
    assert ended.value.code == 2
    assert told.startswith(said)
    assert "--help`로 볼 수 있습니다." in told
    assert "Error" not in told
    assert "Usage" not in told
