"""The page for the owner: where we stand, why, what to do first (pure)."""

from advisor.domain.instrument import Instrument
from advisor.domain.profile import Profile
from advisor.reporting import pictures
from advisor.reporting.blocks import Block, Bullets, Heading, Paragraph, Section
from advisor.reporting.cells import day_words
from advisor.reporting.marks import Marks
from advisor.reporting.material import Material
from advisor.reporting.phrases import task_detail, task_title

FIRST_TASKS = 3
FIRST_PROGRAMS = 2
FIRST_QUESTIONS = 3
SOURCE_OF_PROBLEM = "STR1"


def summary_section(material: Material, marks: Marks) -> Section:
    """Return the summary; without a level it says what to answer to get one."""
    diagnosis, labels = material.diagnosis, material.labels
    blocks: list[Block] = [
        pictures.scale(material.instrument, diagnosis),
        Paragraph(labels["summary"], "lead"),
    ]
    rows = []
    if diagnosis.level is not None:
        rows.append(("지금은", f"{labels['level_meaning']}입니다."))
        rows.append(("다음 걸음", f"{labels['level_next']}."))
    problem = _problem(material)
    if problem:
        rows.append(("가장 큰 문제", problem))
    if diagnosis.next_level is not None:
        rows.append((f"L{diagnosis.next_level.level}까지", next_level_words(material)))
    rows.append(
        (
            "믿을 만한 정도",
            f"신뢰도 {diagnosis.confidence:.2f}({diagnosis.confidence_name}), "
            f"답한 비중 {diagnosis.coverage:.0%}",
        )
    )
    blocks.append(Bullets(tuple(rows)))
    if diagnosis.level is None:
        blocks += _what_to_answer(material)
    blocks += _first_tasks(material)
    blocks += _first_programs(material, marks)
    return Section("한 쪽 요약", "요약", tuple(blocks))


def next_level_words(material: Material) -> str:
    """Say how many points and which limits stand before the next level."""
    following = material.diagnosis.next_level
    assert following is not None
    needed = following.points_needed
    points = f"종합 점수 {needed:.1f}점이 더 필요합니다." if needed else "종합 점수는 충분합니다."
    if not following.blockers:
        return f"{points} 따로 막는 상한은 없습니다."
    return f"{points} 아래 {len(following.blockers)}가지 상한도 풀어야 합니다: " + "; ".join(
        dict.fromkeys(
            _target_name(material.instrument, one.target) for one in following.blockers
        )
    ) + "."  # fmt: skip


def cover_facts(material: Material) -> tuple[tuple[str, str], ...]:
    """Return what stands under the title: company, day, version, who answered."""
    profile, meta = material.profile, material.instrument.meta
    place = " ".join(_text(profile, name) for name in ("factory_sido", "factory_sigungu")).strip()
    rows = [
        ("회사", _text(profile, "company_name") or "밝히지 않음"),
        ("업종", _text(profile, "industry_text") or "밝히지 않음"),
        ("공장", place or "밝히지 않음"),
        ("주력 공정", _listed(profile, "main_processes") or f"밝히지 않음({meta.unit})"),
        ("진단일", _text(profile, "diagnosed_on") or day_words(material.today)),
        ("기준일", f"{day_words(material.today)} (접수 기간과 마감은 이날 기준)"),
        (
            "신뢰도",
            f"{material.diagnosis.confidence:.2f}({material.diagnosis.confidence_name}), "
            f"답한 비중 {material.diagnosis.coverage:.0%}",
        ),
        ("진단표", f"{meta.name} {meta.version}판, {meta.status}"),
    ]
    if _text(profile, "respondent_role"):
        rows.append(("답한 사람", _text(profile, "respondent_role")))
    return tuple(rows)


def _listed(profile: Profile, name: str) -> str:
    value = profile.get(name)
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _text(profile: Profile, name: str) -> str:
    value = profile.get(name)
    return "" if value is None or isinstance(value, tuple) else str(value)


def _target_name(instrument: Instrument, target: str) -> str:
    if target in instrument.dimension_by_id:
        return instrument.dimension_by_id[target].name
    if target in instrument.item_by_id:
        return instrument.item_by_id[target].label
    return "답한 비중"


def _problem(material: Material) -> str:
    pains = material.profile.get("pain_codes")
    codes = pains if isinstance(pains, tuple) else (pains,) if isinstance(pains, str) else ()
    names = [material.instrument.pains[one] for one in codes if one in material.instrument.pains]
    words = ", ".join(names[:1])
    said = material.diagnosis.answers.get(SOURCE_OF_PROBLEM)
    if said is not None and said.note:
        words = f"{words} — {said.note}" if words else said.note
    return words


def _what_to_answer(material: Material) -> list[Block]:
    open_items = [
        item
        for dimension in material.diagnosis.to_confirm
        for item in material.instrument.items_of[dimension]
    ]
    open_items.sort(key=lambda item: (not item.quick, item.order))
    return [
        Heading("수준을 보려면 먼저 답해 주세요"),
        Bullets(
            tuple((one.label, one.question) for one in open_items[:FIRST_QUESTIONS]),
            is_numbered=True,
        ),
    ]


def _first_tasks(material: Material) -> list[Block]:
    first = material.instrument.horizons[0]
    tasks = material.diagnosis.horizons[first.id][:FIRST_TASKS]
    if not tasks:
        return []
    return [
        Heading(f"먼저 할 일({first.name})"),
        Bullets(
            tuple(
                (task_title(material.instrument, one), task_detail(material.instrument, one))
                for one in tasks
            ),
            is_numbered=True,
        ),
    ]


def _first_programs(material: Material, marks: Marks) -> list[Block]:
    chosen = material.programs[:FIRST_PROGRAMS]
    if not chosen:
        return []
    return [
        Heading("눈여겨볼 지원사업"),
        Bullets(tuple((marks.named(one.match.record_id), one.window) for one in chosen)),
    ]
