"""The files of `corpus/readiness/**`: their names, how one is read, and what can be wrong with it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from advisor.corpus.problems import Problem, bad_yaml, read_yaml, unreadable

FOLDER = "readiness"
RULES_FILE = "instrument.yaml"
PLAN_FILE = "plan.yaml"
DIMENSION_FILE = "dimension.yaml"
SOLUTIONS_FOLDER = "solutions"
CUES_FOLDER = "cues"
CUE_WORDS_FILE = "words.yaml"
SAYINGS_FOLDER = "sayings"
SAID_FILE = "said.yaml"
ENGLISH_FOLDER = "english"

REASONS: Mapping[str, tuple[str, str]] = {
    "missing": ("필요한 칸이 없습니다", "칸을 적어 주세요. 없는 것이 맞으면 null로 적습니다."),
    "extra_forbidden": (
        "모르는 칸입니다",
        "칸 이름의 철자를 같은 종류의 다른 파일과 견주어 주세요.",
    ),
    "literal_error": ("정해진 값이 아닙니다", "같은 종류의 다른 파일에 쓰인 값으로 적어 주세요."),
    "int_type": ("정수가 아닙니다", "따옴표 없이 정수로 적어 주세요."),
    "int_from_float": ("정수가 아닙니다", "소수점 없이 정수로 적어 주세요."),
    "greater_than_equal": (
        "너무 작습니다",
        "수준은 0~4, 비율은 0~1, 금액은 0 이상으로 적어 주세요.",
    ),
    "less_than_equal": ("너무 큽니다", "수준은 0~4, 비율은 0~1로 적어 주세요."),
}
_SHAPE = ("값의 꼴이 맞지 않습니다", "같은 종류의 다른 파일과 견주어 고쳐 주세요.")
SHAPE = ("값의 꼴이 맞지 않습니다", "같은 종류의 다른 파일과 견주어 고쳐 주세요.")


def read_mapping(path: Path, corpus_folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """Read one file; what cannot be read adds a problem and gives an empty mapping."""
    where = path.relative_to(corpus_folder).as_posix()
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(
            Problem(where, "-", "파일이 없습니다", "지운 파일을 되살리거나 목록에서 빼 주세요.")
        )
    except (OSError, UnicodeDecodeError) as error:
        problems.append(unreadable(where, error))
    except yaml.YAMLError as error:
        problems.append(bad_yaml(where, error))
    else:
        if isinstance(content, dict) and content:
            return content
        problems.append(Problem(where, "-", "내용이 비어 있습니다", "칸 이름과 값을 적어 주세요."))
    return {}
