import pytest

from advisor.answering.checks import ProblemKind, check_draft

EVIDENCE = {
    "1": "예시 구축 지원사업. 최대 2억 원, 총사업비의 50% 이내. 접수 2026. 2. 2. ~ 3. 13. 18:00. "
    "상시근로자 50인 미만. 문의 044-300-0941, https://example.org/notice",
    "2": "예시 융자. 매출 82억 원 이하, 금리 연 2.9%, 0.3%p 우대, 7년 이내 상환",
}


def problems(draft, **options):
    return [(found.kind, found.written) for found in check_draft(draft, EVIDENCE, **options)]


@pytest.mark.parametrize(
    "draft",
    [
        "총사업비의 50% 안에서 최대 2억 원까지 지원합니다 [1].",
        "최대 200,000,000원입니다. [1]",
        "접수는 2월 2일부터 3월 13일 오후 6시까지였습니다 [1].",
        "접수 마감은 2026년 3월 13일입니다 [1].",
        "직원 50명 미만이 대상이고 [1] 융자는 매출 82억원 이하입니다 [2].",
        "문의는 044-300-0941 또는 https://www.example.org/notice 입니다 [1].",
        "금리는 연 2.9%에서 0.3%포인트를 깎고 84개월 안에 갚습니다 [2].",
        "두 사업을 함께 보시면 좋습니다.",
        "다음과 같이 지원합니다 [1].\n- 한도: 최대 2억 원\n- 비율: 50%",
        "| 사업 | 한도 |\n|---|---|\n| 예시 구축 [1] | 2억 원 |",
        "「예시 구축 지원사업」이 맞습니다 [1].",
    ],
)
def test_a_draft_that_its_evidence_bears_has_no_problem(draft):
    assert problems(draft) == []


@pytest.mark.parametrize(
    ("draft", "written"),
    [
        ("최대 12억 원까지 지원합니다 [1].", "12억 원"),
        ("매출 8.2억 원 이하입니다 [2].", "8.2억 원"),
        ("매출 0.82억 원 이하입니다 [2].", "0.82억 원"),
        ("총사업비의 70%까지 지원합니다 [1].", "70%"),
        ("0.3% 우대합니다 [2].", "0.3%"),
        ("접수는 2026년 3월 31일까지입니다 [1].", "2026년 3월 31일"),
        ("접수는 2025년 3월 13일까지입니다 [1].", "2025년 3월 13일"),
        ("문의는 044-300-0942입니다 [1].", "044-300-0942"),
        ("직원 100명 미만이 대상입니다 [1].", "100명"),
        ("10년 안에 갚습니다 [2].", "10년"),
        ("이천만 원을 지원합니다 [1].", "이천만 원"),
    ],
)
def test_a_figure_that_the_cited_evidence_lacks_is_found(draft, written):
    assert problems(draft) == [(ProblemKind.UNSUPPORTED_FIGURE, written)]


def test_an_address_that_no_source_has_is_found():
    assert problems("자세한 내용은 https://example.com/notice [1].") == [
        (ProblemKind.FOREIGN_LINK, "https://example.com/notice")
    ]
    assert problems("자세한 내용은 example.com 에 있습니다 [1].") == [
        (ProblemKind.FOREIGN_LINK, "example.com")
    ]


def test_a_figure_of_another_piece_of_evidence_does_not_count():
    assert problems("매출 82억 원 이하가 대상입니다 [1].") == [
        (ProblemKind.UNSUPPORTED_FIGURE, "82억 원")
    ]


def test_each_sentence_answers_for_its_own_figures():
    draft = "최대 2억 원입니다 [1]. 금리는 연 2.9%입니다 [1]. 금리는 연 2.9%입니다 [2]."

    assert [found.sentence for found in check_draft(draft, EVIDENCE)] == [
        "금리는 연 2.9%입니다 [1]."
    ]


def test_a_mark_behind_the_full_stop_belongs_to_the_sentence_before_it():
    assert problems("금리는 연 2.9%입니다. [2] 한도는 2억 원입니다. [1]") == []


def test_a_figure_without_a_mark_is_found():
    assert problems("최대 2억 원까지 지원합니다.") == [(ProblemKind.UNCITED_FIGURE, "2억 원")]


def test_a_label_that_does_not_exist_is_found():
    assert problems("여러 사업이 있습니다 [3].") == [(ProblemKind.UNKNOWN_LABEL, "[3]")]


def test_two_labels_in_one_mark_are_both_read():
    assert problems("최대 2억 원, 금리 연 2.9%입니다 [1, 2].") == []


def test_what_the_user_said_may_be_repeated_without_a_source():
    assert (
        problems("직원 30명인 회사라면 신청할 수 있습니다 [1].", said="직원이 서른 명입니다") == []
    )


def test_a_quoted_name_that_the_evidence_lacks_is_found():
    assert problems("「혁신 바우처」를 신청하세요 [1].") == [
        (ProblemKind.UNSUPPORTED_NAME, "혁신 바우처")
    ]


def test_a_known_name_has_to_stand_in_what_the_sentence_cites():
    assert problems("예시 융자를 받으세요 [1].", names=["예시 융자"]) == [
        (ProblemKind.UNSUPPORTED_NAME, "예시 융자")
    ]


@pytest.mark.parametrize(
    "draft",
    [
        "상시근로자 50인 이하가 대상입니다 [1].",
        "총사업비의 50% 이상을 지원합니다 [1].",
        "총사업비의 최소 2억 원을 지원합니다 [1].",
        "매출 82억 원 초과가 대상입니다 [2].",
        "접수는 3월 13일부터입니다 [1].",
        "접수는 2월 2일까지입니다 [1].",
    ],
)
def test_the_side_of_a_figure_is_that_of_the_evidence(draft):
    assert [kind for kind, _ in problems(draft)] == [ProblemKind.WRONG_DIRECTION]


@pytest.mark.parametrize(
    "draft",
    [
        "이억 원까지 지원합니다 [1].",
        "총사업비의 절반까지 지원합니다 [1].",
        "오십 퍼센트 이내입니다 [1].",
    ],
)
def test_spoken_numbers_are_the_same_numbers(draft):
    assert problems(draft) == []


ENGINE = (
    "말씀하신 조건으로는 예시 구축 지원사업 대상이 아닙니다 [1]\n접수는 2026년 3월 13일에 마감되었습니다 [1]\n"
    "융자는 대상 여부를 확인해야 합니다 [2]\n선정 여부는 심사로 정해집니다."
)


def claims_against_the_engine(draft):
    verdicts = {"1": "not_eligible", "2": "unknown"}
    return {
        found.kind for found in check_draft(draft, EVIDENCE, engine_text=ENGINE, verdicts=verdicts)
    }


@pytest.mark.parametrize(
    "draft",
    [
        "사장님 회사는 예시 구축 지원사업을 신청할 수 있습니다 [1].",
        "예시 구축 지원사업 대상에 해당합니다 [1].",
        "예시 구축 지원사업은 지금 접수 중입니다 [1].",
        "예시 융자는 대상입니다 [2].",
        "예시 융자는 대상이 아닙니다 [2].",
        "예시 구축 지원사업은 반드시 선정됩니다 [1].",
    ],
)
def test_verdicts_windows_and_promises_are_the_engines(draft):
    assert ProblemKind.UNSUPPORTED_CLAIM in claims_against_the_engine(draft)


@pytest.mark.parametrize(
    "draft",
    [
        "예시 구축 지원사업 대상이 아닙니다 [1].",
        "접수는 2026년 3월 13일에 이미 마감되었습니다 [1].",
        "융자는 대상 여부를 더 확인해야 합니다 [2].",
        "선정 여부는 심사로 정해집니다.",
    ],
)
def test_what_the_engine_decided_may_be_said(draft):
    assert claims_against_the_engine(draft) == set()


def test_a_false_premise_comes_back_only_where_it_is_denied():
    said = "10억까지 준다면서요?"

    assert problems("네, 10억까지 지원합니다 [1].", said=said) == [
        (ProblemKind.UNSUPPORTED_FIGURE, "10억")
    ]
    assert problems("10억이 아니라 최대 2억 원입니다 [1].", said=said) == []


def test_a_quotation_stands_in_the_evidence_byte_for_byte():
    assert problems("공고에 “총사업비의 50% 이내”라고 적혀 있습니다 [1].") == []
    assert (ProblemKind.WRONG_QUOTE, "총사업비의 50% 이내, 최대 2억 원") in problems(
        "공고에 “총사업비의 50% 이내, 최대 2억 원”이라고 적혀 있습니다 [1]."
    )
