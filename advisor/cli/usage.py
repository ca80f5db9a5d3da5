"""Bad usage of a command in Korean, with the next step: click itself speaks English."""

import re

import click
from click import exceptions as wrong

_HANGUL = re.compile("[가-힣]")


def explain(error: click.ClickException) -> str:
    """Return what is wrong with a command line, and what to do about it.

    Sentences of our own commands are Korean already and stay as they are.
    """
    said = error.format_message()
    context = error.ctx if isinstance(error, click.UsageError) else None
    command = context.command_path if context is not None else "advisor"
    if not _HANGUL.search(said):
        said = _in_korean(error, context)
    return f"{said}\n쓰는 법은 `{command} --help`로 볼 수 있습니다."


def _in_korean(error: click.ClickException, context: click.Context | None) -> str:
    if isinstance(error, wrong.NoSuchOption):
        near = f" 혹시 {', '.join(error.possibilities)}인가요?" if error.possibilities else ""
        return f"{error.option_name}(이)라는 선택 항목은 없습니다.{near}"
    if isinstance(error, wrong.MissingParameter):
        return f"{_name(error, context)}을(를) 적어 주세요."
    if isinstance(error, wrong.BadParameter):
        return f"{_name(error, context)}에 쓸 수 없는 값입니다.{_allowed(error.param)}"
    if isinstance(error, wrong.BadOptionUsage):
        return f"{error.option_name}에는 값을 하나 적어 주세요."
    if isinstance(error, wrong.FileError):
        return f"파일을 열지 못했습니다: {error.ui_filename}. 경로와 권한을 확인해 주세요."
    if context is not None and isinstance(context.command, click.Group):
        return "그런 명령은 없습니다."
    return "명령에 남거나 모자라는 말이 있습니다."


def _name(error: wrong.BadParameter, context: click.Context | None) -> str:
    if error.param is not None:
        return error.param.get_error_hint(context).replace("'", "").replace(" / ", ", ")
    return "명령의 값"


def _allowed(param: click.Parameter | None) -> str:
    """Return which values a parameter takes, where its type says so."""
    kind = param.type if param is not None else None
    if isinstance(kind, click.Choice):
        return f" {', '.join(str(one) for one in kind.choices)} 가운데 하나를 적어 주세요."
    if isinstance(kind, click.IntRange | click.FloatRange):
        least, most = kind.min, kind.max
        if least is not None and most is not None:
            return f" {least}부터 {most}까지의 수를 적어 주세요."
        if least is not None:
            return f" {least} 이상의 수를 적어 주세요."
        return f" {most} 이하의 수를 적어 주세요." if most is not None else " 수를 적어 주세요."
    if isinstance(kind, click.Path | click.File):
        return " 있는 파일이나 폴더의 경로를 적어 주세요."
    if kind in {click.INT, click.FLOAT}:
        return " 수를 적어 주세요."
    return ""
