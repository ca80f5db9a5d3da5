from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from advisor.corpus.documents import document_id, read_document
from advisor.errors import BadInputError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "fixtures" / "documents"

FIRST_PAGE = [
    "예시부 공고 제2026-12호",
    "2026년 예시 구축 지원사업 공고",
    "1. 지원대상",
    "가. 상시근로자 50인 미만 제조기업",
]


def a_pdf(
    path: Path,
    pages: list[list[str]],
    *,
    title: str = "",
    encryption: StandardEncryption | None = None,
) -> Path:
    """Write a PDF with a page of Korean lines for each list, of a picture where it is empty."""
    pdfmetrics.registerFont(UnicodeCIDFont("HYSMyeongJo-Medium"))
    canvas = Canvas(str(path), pagesize=A4, encrypt=encryption)
    canvas.setTitle(title)
    for lines in pages:
        canvas.setFont("HYSMyeongJo-Medium", 11)
        if not lines:
            canvas.drawInlineImage(Image.new("L", (60, 80), 200), 60, 60, 400, 600)
        for number, line in enumerate(lines):
            canvas.drawString(60, 780 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return path


def rejection(path: Path) -> str:
    with pytest.raises(BadInputError) as caught:
        read_document(path)
    assert caught.value.user_message.next_step
    return caught.value.user_message.text


def test_a_pdf_keeps_its_pages_its_title_and_its_headings(tmp_path):
    path = a_pdf(tmp_path / "공고.pdf", [FIRST_PAGE, ["2. 지원내용", "최대 2억 원까지 지원한다."]])

    document = read_document(path)

    assert [page.number for page in document.pages] == [1, 2]
    assert document.pages[1].text == "2. 지원내용\n최대 2억 원까지 지원한다."
    assert document.title == "2026년 예시 구축 지원사업 공고"
    assert document.media_type == "application/pdf"
    assert [(s.title, s.level, s.page) for s in document.sections] == [
        ("1. 지원대상", 2, 0),
        ("가. 상시근로자 50인 미만 제조기업", 3, 0),
        ("2. 지원내용", 2, 1),
    ]


def test_the_title_of_the_metadata_goes_first_unless_it_is_a_file_name(tmp_path):
    named = a_pdf(tmp_path / "a.pdf", [FIRST_PAGE], title="스마트공장 안내서")
    not_named = a_pdf(tmp_path / "b.pdf", [FIRST_PAGE], title="최종본.hwp")

    assert read_document(named).title == "스마트공장 안내서"
    assert read_document(not_named).title == "2026년 예시 구축 지원사업 공고"


def test_a_page_number_is_no_text(tmp_path):
    path = a_pdf(tmp_path / "a.pdf", [["- 1 -", *FIRST_PAGE, "- 1 -"]])

    assert read_document(path).pages[0].text == "\n".join(FIRST_PAGE)


def test_what_a_file_is_decides_not_what_it_is_called(tmp_path):
    path = a_pdf(tmp_path / "really-a-pdf.md", [FIRST_PAGE])

    assert read_document(path).media_type == "application/pdf"


def test_a_pdf_that_asks_for_a_password_is_named(tmp_path):
    path = a_pdf(
        tmp_path / "a.pdf", [FIRST_PAGE], encryption=StandardEncryption("열쇠", strength=128)
    )

    assert rejection(path) == "암호가 걸린 PDF라서 읽지 못했습니다."


def test_a_pdf_that_only_its_owner_locked_is_read(tmp_path):
    locked = StandardEncryption("", ownerPassword="owner", canPrint=0, strength=128)

    assert len(read_document(a_pdf(tmp_path / "a.pdf", [FIRST_PAGE], encryption=locked)).pages) == 1


def test_damaged_utf8_is_not_taken_for_cp949(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("지원 대상은 중소기업입니다. ".encode() * 20 + b"\xff\xfe")

    document = read_document(path)

    assert document.pages[0].text.startswith("지원 대상은 중소기업입니다.")
    assert "UTF-8로 다시 저장" in document.remarks[0]


def test_a_pdf_without_letters_is_named_a_scan(tmp_path):
    assert rejection(a_pdf(tmp_path / "a.pdf", [[], []])).startswith("글자 없이 그림(스캔)")


def test_pages_without_letters_are_told_apart(tmp_path):
    document = read_document(a_pdf(tmp_path / "a.pdf", [FIRST_PAGE, [], FIRST_PAGE]))

    assert document.unread == (2,)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF",
    ],
)
def test_a_damaged_pdf_is_named(tmp_path, data):
    path = tmp_path / "a.pdf"
    path.write_bytes(data)

    assert rejection(path) == "PDF가 손상되어 읽지 못했습니다."


def test_half_a_pdf_ends_in_pages_or_in_a_message(tmp_path):
    whole = a_pdf(tmp_path / "a.pdf", [FIRST_PAGE] * 3).read_bytes()
    path = tmp_path / "half.pdf"
    path.write_bytes(whole[: len(whole) // 2])

    assert "PDF" in rejection(path)


def test_a_pdf_that_takes_too_long_is_given_up(tmp_path):
    with pytest.raises(BadInputError) as caught:
        read_document(a_pdf(tmp_path / "a.pdf", [FIRST_PAGE]), timeout_s=0.01)

    assert "나누어" in caught.value.user_message.next_step


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", "내용이 비어 있는 파일입니다."),
        (b" \n\n", "내용이 비어 있는 파일입니다."),
        (
            b"\xd0\xcf\x11\xe0" + "FileHeader".encode("utf-16-le"),
            "한글(HWP) 문서가 손상되어 읽지 못했습니다.",
        ),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"),
            "암호가 걸린 파일이라서 읽지 못했습니다.",
        ),
        (
            b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"),
            "예전 형식의 문서라서 읽지 못했습니다.",
        ),
        (
            b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/hwp+zip",
            "한글(HWPX) 문서가 손상되어 읽지 못했습니다.",
        ),
        (b"SCDSA004xyz", "문서보안(DRM)이 걸린 파일이라서 읽지 못했습니다."),
        (b"HWP Document File V3.00 \x1a", "예전 형식의 문서라서 읽지 못했습니다."),
        (b"<!DOCTYPE html><html></html>", "내용이 비어 있는 파일입니다."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "그림 파일이라서 읽지 못했습니다."),
        (bytes(range(256)) * 4, "문서가 아니거나 알 수 없는 형식의 파일입니다."),
    ],
)
def test_a_file_that_cannot_be_read_is_named_by_what_it_is(tmp_path, data, text):
    path = tmp_path / "공고.pdf"
    path.write_bytes(data)

    assert rejection(path) == text


def test_a_missing_file_is_named(tmp_path):
    assert rejection(tmp_path / "none.pdf") == "파일을 찾을 수 없거나 읽을 권한이 없습니다."


def test_markdown_has_its_title_and_headings_but_none_of_its_code(tmp_path):
    path = tmp_path / "안내.md"
    path.write_text("# 현장 안내\n글\n```\n# 코드\n```\n## 대상\n글", encoding="utf-8")

    document = read_document(path)

    assert document.title == "현장 안내"
    assert [page.number for page in document.pages] == [None]
    assert [(s.title, s.level) for s in document.sections] == [("현장 안내", 1), ("대상", 2)]


def test_the_title_of_the_front_matter_goes_first(tmp_path):
    path = tmp_path / "a.md"
    path.write_text("---\ntitle: 머리말 제목\n---\n# 본문 제목\n글", encoding="utf-8")

    document = read_document(path)

    assert document.title == "머리말 제목"
    assert document.pages[0].text == "# 본문 제목\n글"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_text_is_read_in_every_usual_encoding(tmp_path, encoding):
    path = tmp_path / "a.txt"
    path.write_bytes("쏼라 뿌리기업 지원".encode(encoding))

    assert read_document(path).pages[0].text == "쏼라 뿌리기업 지원"


def test_an_id_is_ascii_and_stays_when_the_file_changes(tmp_path):
    path = tmp_path / "2026 지원사업 Notice.md"
    path.write_text("하나", encoding="utf-8")
    before = read_document(path)
    path.write_text("둘", encoding="utf-8")

    after = read_document(path)

    assert after.id == before.id == document_id(path)
    assert after.id.startswith("2026-notice-")
    assert after.digest != before.digest


def test_the_two_unicode_forms_of_a_name_are_one_document():
    assert document_id(Path("/가/공고.pdf")) == document_id(Path("/\u1100\u1161/공고.pdf"))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared fixtures are not beside the checkout")
@pytest.mark.parametrize("suffix", [".xlsx", ".docx", ".pptx", ".hwpx", ".hwp", ".xls", ".pdf"])
def test_a_file_without_an_ending_reads_the_same(tmp_path, suffix):
    """An upload is kept without one."""
    path = next(one for one in sorted(SHARED.glob(f"[hmx]*{suffix}")) if "pass" not in one.name)
    bare = tmp_path / "upload"
    bare.write_bytes(path.read_bytes())

    assert read_document(bare).pages == read_document(path).pages
