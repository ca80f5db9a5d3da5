"""The command line: one module a command, loaded when it is called."""

import importlib
import logging
import sys

import click

from advisor import __version__
from advisor.errors import AdvisorError
from advisor.messages import UserMessage

logger = logging.getLogger(__name__)

# Command name to "module:attribute"; imported on use, so that `--help` stays quick.
COMMANDS = {
    "account": "advisor.cli.account:account",
    "alerts": "advisor.cli.alerts:alerts",
    "ask": "advisor.cli.ask:ask",
    "audit": "advisor.cli.audit:audit",
    "backup": "advisor.cli.backup:backup",
    "corpus": "advisor.cli.corpus:corpus",
    "diagnose": "advisor.cli.diagnose:diagnose",
    "doctor": "advisor.cli.doctor:doctor",
    "eval": "advisor.cli.evaluate:evaluate",
    "extract": "advisor.cli.extract:extract",
    "index": "advisor.cli.index:index",
    "ingest": "advisor.cli.ingest:ingest",
    "key": "advisor.cli.key:key",
    "match": "advisor.cli.match:match",
    "mcp": "advisor.cli.mcp:mcp",
    "plan": "advisor.cli.plan:plan",
    "report": "advisor.cli.report:report",
    "restore": "advisor.cli.restore:restore",
    "retention": "advisor.cli.retention:retention",
    "retrieve": "advisor.cli.retrieve:retrieve",
    "review": "advisor.cli.review:review",
    "search": "advisor.cli.search:search",
    "serve": "advisor.cli.serve:serve",
    "switch": "advisor.cli.switch:switch",
    "sync": "advisor.cli.sync:sync",
}
UNEXPECTED = UserMessage(
    text="예상하지 못한 문제로 명령을 마치지 못했습니다.",
    next_step="같은 명령에 `advisor -v`를 붙여 다시 실행하고, 나온 기록을 관리자에게 전해 주세요.",
)


class LazyGroup(click.Group):
    """A click group that imports a command's module only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, epilog='예: advisor ask "불량 검사를 자동화하고 싶은데 지원금 있나요?"')
@click.version_option(__version__)
@click.option("-v", "--verbose", is_flag=True, help="자세한 기록을 함께 봅니다.")
def cli(*, verbose: bool) -> None:
    """제조AI 길잡이: 중소 제조기업의 AI 도입을 돕는 상담 도구입니다."""
    from advisor.cli.logs import set_up_logging  # a command that only helps needs no patterns

    set_up_logging(logging.INFO if verbose else logging.ERROR)


def main() -> None:
    """Run the command line; exit 0, 2 on bad usage or input, 1 on an internal failure."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()  # the help itself
        code = 2
    except click.ClickException as error:
        from advisor.cli.usage import explain

        click.echo(explain(error), err=True)
        code = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("중단했습니다. 다시 하시려면 같은 명령을 실행해 주세요.", err=True)
        code = 130
    except AdvisorError as error:
        logger.info("command failed detail=%s", error.detail)
        click.echo(str(error.user_message), err=True)
        code = error.exit_code
    except Exception:  # a user never sees a traceback; the log has it
        logger.info("unexpected failure", exc_info=True)
        click.echo(str(UNEXPECTED), err=True)
        code = 1
    sys.exit(code if isinstance(code, int) else 0)
