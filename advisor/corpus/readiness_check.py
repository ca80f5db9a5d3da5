"""Whether the parts of an instrument fit together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from advisor.corpus.problems import Problem
from advisor.corpus.readiness_files import (
    DIMENSION_FILE,
    FOLDER,
    PLAN_FILE,
    RULES_FILE,
    SOLUTIONS_FOLDER,
)
from advisor.domain.instrument import (
    DimensionCap,
    Instrument,
    Item,
    ItemCap,
    Solution,
    Step,
    UnscoredCap,
)

WEIGHT_SUM = 100


def check_consistency(instrument: Instrument) -> list[Problem]:
    """Return what does not fit together in an instrument whose parts are sound one by one."""
    return [
        *_check_ids(instrument),
        *_check_items(instrument),
        *_check_steps_and_solutions(instrument),
        *_check_rules(instrument),
        *_check_numbers(instrument),
    ]


def _check_ids(instrument: Instrument) -> Iterator[Problem]:
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("dimensions", (one.id for one in instrument.dimensions)),
        ("items", (one.id for one in instrument.items)),
        ("solutions", (one.id for one in instrument.solutions)),
        ("steps", (step.id for one in instrument.dimensions for step in one.steps)),
        ("skip_rules", (one.id for one in instrument.skip_rules)),
        ("consistency_checks", (one.id for one in instrument.consistency_checks)),
        ("caps", (one.id for one in instrument.caps)),
    )
    for name, ids in groups:
        for doubled in (one for one, count in Counter(ids).items() if count > 1):
            yield _rule_problem(
                name, f"id '{doubled}'이(가) 두 번 있습니다", "하나의 id를 바꿔 주세요."
            )
    orders = Counter(item.order for item in instrument.items)
    for item in instrument.items:
        if orders[item.order] > 1:
            yield _item_problem(
                item, "order", f"순서 {item.order}이(가) 겹칩니다", "서로 다른 순서를 적어 주세요."
            )


def _check_items(instrument: Instrument) -> Iterator[Problem]:
    levels = list(range(instrument.scale.min, instrument.scale.max + 1))
    weights = instrument.scoring.item_weights
    for item in instrument.items:
        if item.dimension not in instrument.dimension_by_id:
            yield _item_problem(
                item,
                "dimension",
                f"차원 '{item.dimension}'이(가) 없습니다",
                "있는 차원의 id를 적어 주세요.",
            )
        if [anchor.value for anchor in item.anchors] != levels:
            yield _item_problem(
                item,
                "anchors",
                "수준 0~4의 문장이 하나씩 있지 않습니다",
                "빠진 수준을 적어 주세요.",
            )
        if item.weight != (weights.quick if item.quick else weights.other):
            yield _item_problem(
                item,
                "weight",
                f"무게 {item.weight}이(가) scoring.item_weights와 다릅니다",
                "대표 문항인지 확인하고 무게를 맞춰 주세요.",
            )
        hints = item.smart_factory_hint
        known = (*instrument.smart_factory_estimate.levels, None)
        if hints is not None and (
            len(hints) != len(levels) or any(hint not in known for hint in hints)
        ):
            yield _item_problem(
                item,
                "smart_factory_hint",
                "수준마다 하나씩, 있는 스마트공장 단계가 아닙니다",
                "smart_factory_estimate.levels의 이름으로 다섯 개를 적어 주세요.",
            )
        for solution_id in item.gates_for:
            solution = instrument.solution_by_id.get(solution_id)
            if solution is None or item.id not in solution.gates:
                yield _item_problem(
                    item,
                    "gates_for",
                    f"해결책 {solution_id}의 조건에 이 문항이 없습니다",
                    "해결책의 gates와 맞춰 주세요.",
                )


def _check_steps_and_solutions(instrument: Instrument) -> Iterator[Problem]:
    for solution in instrument.solutions:
        for field, gates in (("gates", solution.gates), ("done_if", solution.done_if or {})):
            yield from _unknown_items(instrument, _solution_file(solution), field, gates)
        for field, pains in (("direct", solution.direct), ("indirect", solution.indirect)):
            for pain in pains:
                if pain not in instrument.pains:
                    yield Problem(
                        _solution_file(solution),
                        field,
                        f"문제 코드 '{pain}'이(가) 없습니다",
                        f"{PLAN_FILE}의 pains에 있는 코드로 적어 주세요.",
                    )
        for item_id in solution.gates:
            item = instrument.item_by_id.get(item_id)
            if item is not None and solution.id not in item.gates_for:
                yield Problem(
                    _solution_file(solution),
                    "gates",
                    f"문항 {item_id}의 gates_for에 {solution.id}이(가) 없습니다",
                    "문항 파일의 gates_for와 맞춰 주세요.",
                )
    for dimension in instrument.dimensions:
        where = f"{FOLDER}/{dimension.id}/{DIMENSION_FILE}"
        for step in dimension.steps:
            yield from _check_step(instrument, where, step)


def _check_step(instrument: Instrument, where: str, step: Step) -> Iterator[Problem]:
    yield from _unknown_items(instrument, where, f"{step.id}.gates", step.gates)
    yield from _unknown_items(instrument, where, f"{step.id}.done_when", step.done_when)
    if not step.done_when:
        yield Problem(
            where, f"{step.id}.done_when", "비어 있습니다", "끝난 것으로 보는 수준을 적어 주세요."
        )
    if step.same_as is not None and step.same_as not in instrument.solution_by_id:
        yield Problem(
            where,
            f"{step.id}.same_as",
            f"해결책 '{step.same_as}'이(가) 없습니다",
            "있는 해결책의 id나 null을 적어 주세요.",
        )


def _check_rules(instrument: Instrument) -> Iterator[Problem]:
    quick = [item.id for item in instrument.items if item.quick]
    if sorted(instrument.quick_check.items) != sorted(quick):
        yield _rule_problem(
            "quick_check.items",
            "quick이 true인 문항과 다릅니다",
            "대표 문항 전부를 물을 순서대로 적어 주세요.",
        )
    if sorted(instrument.deep_order) != sorted(set(instrument.item_by_id) - set(quick)):
        yield _rule_problem(
            "deep_order", "대표가 아닌 문항과 다릅니다", "나머지 문항을 모두 한 번씩 적어 주세요."
        )
    for field, item_id in _items_named_by_rules(instrument):
        if item_id not in instrument.item_by_id:
            yield _rule_problem(
                field, f"문항 '{item_id}'이(가) 없습니다", "있는 문항의 id를 적어 주세요."
            )
    for field, dimension_id in _dimensions_named_by_rules(instrument):
        if dimension_id not in instrument.dimension_by_id:
            yield _rule_problem(
                field, f"차원 '{dimension_id}'이(가) 없습니다", "있는 차원의 id를 적어 주세요."
            )
    estimate = instrument.smart_factory_estimate
    if tuple(rule.level for rule in estimate.rules) != estimate.levels[1:]:
        yield _rule_problem(
            "smart_factory_estimate.rules",
            "단계의 이름이나 순서가 levels와 다릅니다",
            "가장 낮은 단계를 뺀 모든 단계를 낮은 것부터 적어 주세요.",
        )


def _items_named_by_rules(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for skip in instrument.skip_rules:
        yield from ((f"skip_rules.{skip.id}", one.item) for one in skip.when)
        yield from ((f"skip_rules.{skip.id}", one.item) for one in skip.set)
    for check in instrument.consistency_checks:
        yield from ((f"consistency_checks.{check.id}", one.item) for one in check.when)
    for rule in instrument.smart_factory_estimate.rules:
        yield from ((f"smart_factory_estimate.{rule.level}", one.item) for one in rule.requires)
    for cap in instrument.caps:
        if isinstance(cap, ItemCap):
            yield f"caps.{cap.id}", cap.item


def _dimensions_named_by_rules(instrument: Instrument) -> Iterator[tuple[str, str]]:
    for dimension_id in instrument.scoring.overall_requires:
        yield "scoring.overall_requires", dimension_id
    for cap in instrument.caps:
        if isinstance(cap, DimensionCap | UnscoredCap):
            yield from ((f"caps.{cap.id}", one) for one in cap.dims)


def _check_numbers(instrument: Instrument) -> Iterator[Problem]:
    total = sum(dimension.weight for dimension in instrument.dimensions)
    if total != WEIGHT_SUM:
        yield _rule_problem(
            "dimensions",
            f"차원 무게의 합이 {total}입니다",
            f"합이 {WEIGHT_SUM}이 되게 고쳐 주세요.",
        )
    levels = list(range(instrument.scale.min, instrument.scale.max + 1))
    steps = [(one.level, *one.range) for one in instrument.levels]
    bands = [(one.band, *one.range) for one in instrument.dimension_bands]
    for field, rows in (("levels", steps), ("dimension_bands", bands)):
        joined = all(row[2] == after[1] for row, after in pairwise(rows))
        if (
            [row[0] for row in rows] != levels
            or not joined
            or rows[0][1] != 0
            or rows[-1][2] != WEIGHT_SUM
        ):
            yield _rule_problem(
                field,
                "0부터 100까지 빈틈없이 이어지지 않습니다",
                "수준 0~4의 구간을 차례로 이어 적어 주세요.",
            )
    floors = [band.min for band in instrument.scoring.confidence.bands]
    if floors != sorted(floors, reverse=True) or floors[-1:] != [0]:
        yield _rule_problem(
            "scoring.confidence.bands",
            "높은 것부터 0까지 차례로 있지 않습니다",
            "min이 큰 것부터 적고 마지막은 0으로 해 주세요.",
        )
    rule = instrument.priority_rule
    for field, thresholds in (("loss", rule.loss), ("cost", rule.cost)):
        mins = [one.min for one in thresholds]
        if mins != sorted(mins, reverse=True):
            yield _plan_problem(
                f"priority_rule.{field}",
                "큰 것부터 차례로 있지 않습니다",
                "min이 큰 것부터 적어 주세요.",
            )
    for field, table in (
        ("fin1_capacity_krw", set(instrument.fin1_capacity_krw)),
        ("priority_rule.capacity_by_ppl1", set(rule.capacity_by_ppl1)),
    ):
        if table != set(levels):
            yield _plan_problem(field, "수준 0~4가 모두 있지 않습니다", "빠진 수준을 적어 주세요.")
    if len(instrument.horizons) != 4:
        yield _plan_problem(
            "horizons", f"시기가 {len(instrument.horizons)}개입니다", "네 시기를 적어 주세요."
        )


def _unknown_items(
    instrument: Instrument, where: str, field: str, gates: Mapping[str, int]
) -> Iterator[Problem]:
    for item_id in gates:
        if item_id not in instrument.item_by_id:
            yield Problem(
                where, field, f"문항 '{item_id}'이(가) 없습니다", "있는 문항의 id를 적어 주세요."
            )


def _item_problem(item: Item, field: str, reason: str, fix: str) -> Problem:
    return Problem(f"{FOLDER}/{item.dimension}/{item.id}.yaml", field, reason, fix)


def _rule_problem(field: str, reason: str, fix: str) -> Problem:
    return Problem(f"{FOLDER}/{RULES_FILE}", field, reason, fix)


def _plan_problem(field: str, reason: str, fix: str) -> Problem:
    return Problem(f"{FOLDER}/{PLAN_FILE}", field, reason, fix)


def _solution_file(solution: Solution) -> str:
    return f"{FOLDER}/{SOLUTIONS_FOLDER}/{solution.id}.yaml"
