"""A diagnosis told in the chat: level, why, what next, and the records that bear on it."""

from advisor.answering.draft import Draft
from advisor.answering.wording import window_sentence
from advisor.diagnosis.phrasing import anchor_of
from advisor.diagnosis.present import (
    NOTICE,
    explain_binding,
    explain_cap,
    name_smart_factory,
    summarize,
)
from advisor.domain.instrument import Instrument
from advisor.domain.passages import Kind
from advisor.domain.profile import Profile
from advisor.domain.readiness import Diagnosis, RankedSolution
from advisor.matching.matches import match_records
from advisor.matching.solutions import Readiness

LEVEL_CHECK = "smart-factory-level-check"
BLOCKERS_SHOWN = 2
# What a solution's state is called, and how many of it are shown: an owner reads one screen.
STATES = (
    ("ready", "지금 가능", 2), ("near", "한 걸음 남음", 1), ("check", "확인 필요", 1),
    ("not_yet", "아직 이름", 1),
)  # fmt: skip
STEPS_SHOWN = (3, 2)
WORRY_ITEM = "STR1"
MORE = (
    "더 자세히 보시려면 '진단 계속할게요', 고칠 답이 있으면 '아니 그게 아니라 …'라고 말씀해 주세요."
)


def tell_level(draft: Draft, instrument: Instrument, result: Diagnosis) -> None:
    """Write the level with its reason and what would lift it, or what is missing for one."""
    draft.say(f"**진단 결과(AI 추정)**: {summarize(instrument, result)}")
    if result.level is not None:
        level = next(one for one in instrument.levels if one.level == result.level)
        draft.say(f"- 뜻: {level.meaning}입니다. 다음에 할 일은 '{level.next}'입니다.")
    draft.say(
        f"- 점수 범위 {result.overall_low}~{result.overall_high}점, 신뢰도 {result.confidence:.2f}"
        f"({result.confidence_name}), 답한 비중 {result.coverage:.0%}입니다."
    )
    factory = name_smart_factory(instrument, result)
    line = f"- 스마트공장 수준(추정): {factory}"
    if result.smart_factory_official:
        line += f", 확인서 기준 {result.smart_factory_official}"
    corpus = draft.material.corpus
    if LEVEL_CHECK in corpus.programs:
        record = corpus.programs[LEVEL_CHECK]
        draft.say(
            f"{line}. 공식 등급은 **{record.title}**에서 받습니다.", record.id, record.purpose
        )
    else:
        draft.say(f"{line}.")
    for cap in result.binding[1:BLOCKERS_SHOWN]:
        draft.say(f"- {explain_binding(instrument, result, cap)}")
    if result.next_level is not None:
        needed = result.next_level.points_needed
        points = f"{needed}점이 더 필요합니다" if needed else "점수는 이미 충분합니다"
        draft.say(f"- 다음 수준(L{result.next_level.level})까지: {points}.")
        shown = {one.target for one in result.binding}
        for cap in [one for one in result.blockers if one.target not in shown][:BLOCKERS_SHOWN]:
            draft.say(f"- {explain_cap(instrument, result, cap)}")


def tell_no_level(draft: Draft, result: Diagnosis, left: int) -> None:
    """Say that there is no level yet and what gives one; `left` are the questions it takes."""
    draft.say(
        "지금까지의 답으로는 아직 수준을 말씀드리기 어렵습니다. "
        f"기본 질문 {left}가지에 더 답해 주시면 수준과 할 일을 보여 드릴 수 있습니다."
    )
    if result.coverage:
        draft.say(f"지금까지 답하신 비중은 {result.coverage:.0%}이고, 답은 모두 저장해 두었습니다.")


def tell_plan(draft: Draft, instrument: Instrument, result: Diagnosis, profile: Profile) -> None:
    """Write the first steps, the solutions by what they lack, and cases and programs that fit."""
    if any(result.horizons.get(one.id) for one in instrument.horizons):
        draft.gap()
        draft.say("**먼저 할 일**")
    for horizon, most in zip(instrument.horizons, STEPS_SHOWN, strict=False):
        for one in result.horizons.get(horizon.id, ())[:most]:
            step = instrument.step_by_id.get(one)
            if step is not None:
                text = f"- {horizon.name}: **{step.title}** - {step.do}"
                _say_of(draft, instrument, step.same_as, text)
            else:
                solution = instrument.solution_by_id[one]
                text = f"- {horizon.name}: **{solution.name}** - {solution.first_step}."
                _say_of(draft, instrument, one, text)
    if result.solutions:
        draft.gap()
        draft.say("**해결책**")
    for status, name, most in STATES:
        fitting = [one for one in result.solutions if one.status == status][:most]
        for ranked in fitting:
            _tell_solution(draft, instrument, result, ranked, name)
    _tell_records(draft, instrument, result, profile)


def tell_notice(draft: Draft) -> None:
    """Write that an AI estimated this, and how to go on."""
    draft.gap()
    draft.say(NOTICE)
    draft.say(MORE)


def _tell_solution(
    draft: Draft, instrument: Instrument, result: Diagnosis, one: RankedSolution, state: str
) -> None:
    solution = instrument.solution_by_id[one.id]
    text = f"- {state}: {solution.name}"
    gaps = result.gaps.get(one.id, ())
    if gaps:
        need = gaps[0]
        item = instrument.item_by_id[need.item]
        more = f" 외 {len(gaps) - 1}가지" if len(gaps) > 1 else ""
        needs = f"{item.label} → ‘{anchor_of(item, need.need)}’{more}"
        text += f" (모자란 것: {needs})"
    _say_of(draft, instrument, one.id, text)


def _say_of(draft: Draft, instrument: Instrument, solution_id: str | None, text: str) -> None:
    """Say a line, with the catalog's record of the solution it is about where there is one."""
    corpus = draft.material.corpus
    solution = instrument.solution_by_id.get(solution_id or "")
    refs = solution.catalog_refs if solution else ()
    record_id = next((ref for ref in refs if ref in corpus.solutions), None)
    if record_id is None:
        draft.say(text)
    else:
        draft.say(text, record_id, corpus.solutions[record_id].problem)


def _tell_records(
    draft: Draft, instrument: Instrument, result: Diagnosis, profile: Profile
) -> None:
    material = draft.material
    readiness = Readiness(instrument, result)
    worry = result.answers[WORRY_ITEM].note if WORRY_ITEM in result.answers else ""
    draft.gap()
    for match in match_records(
        material.corpus,
        profile,
        kind=Kind.CASE,
        today=material.today,
        readiness=readiness,
        k=1,
        worry=worry,
    ):
        record = material.corpus.cases[match.record_id]
        draft.say(f"- 닮은 사례: **{record.title}**", record.id, match.why or record.title)
    for match in match_records(
        material.corpus,
        profile,
        kind=Kind.PROGRAM,
        today=material.today,
        readiness=readiness,
        k=1,
        worry=worry,
    ):
        program = material.corpus.programs[match.record_id]
        window = window_sentence(program, match.window, material.today)
        draft.say(f"- 확인해 볼 지원사업: **{program.title}** {window}", program.id, window)
