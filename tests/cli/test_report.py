import pytest
import yaml
from click.testing import CliRunner

from advisor.cli.report import report
from advisor.config import Settings
from advisor.domain.profile import Fact, Profile
from advisor.errors import BadInputError
from tests.diagnosis.given import the_cases, the_instrument

DAY = ["--today", "2026-11-25"]


@pytest.fixture
def answers(tmp_path):
    path = tmp_path / "a.yaml"
    case = the_cases()["EX-B"]
    path.write_text(
        yaml.safe_dump(
            {"answers": case["answers"], "profile": case["profile"]}, allow_unicode=True
        ),
        encoding="utf-8",
    )
    return str(path)


def run(*arguments):
    return CliRunner().invoke(report, [*arguments, *DAY])


@pytest.mark.parametrize(
    ("ending", "start"),
    [("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("hwpx", b"PK"), ("md", b"# AI")],
)
def test_answers_become_a_file_of_the_format(answers, tmp_path, ending, start):
    out = tmp_path / f"보고서.{ending}"

    done = run("--answers", answers, "--format", ending, "--out", str(out))

    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(start)
    assert done.stdout == ""


def test_a_company_file_takes_the_place_of_the_profile_in_the_answers(answers, tmp_path):
    company = tmp_path / "p.yaml"
    company.write_text("company_name: 한빛정밀\nfactory_sido: 경기\n", encoding="utf-8")
    out = tmp_path / "r.md"

    run("--answers", answers, "--profile", str(company), "--format", "md", "--out", str(out))

    text = out.read_text(encoding="utf-8")
    assert "한빛정밀, 2026년 11월 25일" in text
    assert "종합 51.1점" in text


def test_a_consultation_with_a_diagnosis_becomes_a_report(tmp_path):
    from advisor.stores.consultations import ConsultationStore

    store = ConsultationStore.open(Settings())
    consultation = store.create()
    store.set_profile(consultation, Profile({"company_name": Fact("한빛정밀")}))
    meta = the_instrument().meta
    kept = {"instrument": meta.id, "instrument_version": meta.version}
    store.set_state(
        consultation, {"diagnosis": {**kept, "answers": the_cases()["EX-C"]["answers"]}}
    )
    out = tmp_path / "r.md"

    done = run("--consultation", consultation, "--format", "md", "--out", str(out))

    assert done.exit_code == 0, done.output
    assert "종합 63.9점" in out.read_text(encoding="utf-8")


def test_a_bad_answer_is_named_and_the_old_file_stays(answers, tmp_path):
    bad = tmp_path / "bad.yaml"
    bad.write_text("answers: [{item: DAT1, value: 7}]", encoding="utf-8")
    out = tmp_path / "r.docx"
    out.write_bytes(b"old")

    done = run("--answers", str(bad), "--format", "docx", "--out", str(out))

    assert isinstance(done.exception, BadInputError)
    assert done.exception.exit_code == 2
    assert "수준 7" in str(done.exception.user_message)
    assert out.read_bytes() == b"old"


def test_an_unknown_consultation_is_said_with_a_next_step(tmp_path):
    done = run("--consultation", "nope", "--format", "md", "--out", str(tmp_path / "r.md"))

    assert isinstance(done.exception, BadInputError)
    assert "상담을 찾지 못했습니다" in str(done.exception.user_message)
    assert list(tmp_path.iterdir()) == []


def test_answers_and_consultation_together_are_refused(answers, tmp_path):
    done = run(
        "--answers", answers, "--consultation", "x", "--format", "md", "--out", str(tmp_path / "r")
    )

    assert done.exit_code == 2
    assert "하나만" in done.output


def test_the_help_shows_an_example():
    assert "예: advisor report --answers" in CliRunner().invoke(report, ["--help"]).stdout
