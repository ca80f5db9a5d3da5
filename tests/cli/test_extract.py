import json

import pytest
from click.testing import CliRunner

from advisor.cli.extract import extract
from advisor.errors import BadInputError


def test_a_file_is_shown_in_the_shape_that_others_rely_on(tmp_path):
    path = tmp_path / "공고.html"
    path.write_text(
        "<h1>공고</h1><p>안내</p><table><tr><th>구분<th>금액<tr><td rowspan=2>일반<td>1억"
        "<tr><td><table><tr><td>안<td>쪽</table></table>",
        encoding="utf-8",
    )

    run = CliRunner().invoke(extract, [str(path), "--json"])

    found = json.loads(run.stdout)
    assert found["pages"] == [{"number": None, "text": "공고\n안내\n구분\t금액\n일반\t1억\n안\t쪽"}]
    assert found["sections"] == [{"title": "공고", "level": 1, "page": None}]
    assert [table["rows"] for table in found["tables"]] == [
        [["구분", "금액"], ["일반", "1억"], ["", ""]],
        [["안", "쪽"]],
    ]
    assert [table["inside"] for table in found["tables"]] == [None, 0]
    assert found["tables"][0]["merged"] == [[1, 0, 2, 1]]
    assert found["metadata"]["media_type"] == "text/html"


def test_a_file_that_cannot_be_read_is_an_error_for_exit_code_2(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(b"SCDSA004")

    run = CliRunner().invoke(extract, [str(path)])

    assert isinstance(run.exception, BadInputError)
    assert run.exception.exit_code == 2


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_without_a_file_one_is_told_what_to_write(arguments):
    run = CliRunner().invoke(extract, arguments)

    assert run.exit_code == 2
    assert "볼 파일을 적어 주세요" in run.stderr
