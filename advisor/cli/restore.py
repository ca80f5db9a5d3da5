"""`advisor restore`: a backup in place of what is there."""

from pathlib import Path

import click

from advisor.config import Settings


@click.command(
    epilog="\b\n예: advisor restore 백업-2026-11-25.zip\n"
    "    ADVISOR_DATABASE_URL=postgresql://사용자:비밀번호@서버/이름 advisor restore 백업.zip --yes"
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="묻지 않고 바꿉니다.")
def restore(*, file: Path, yes: bool) -> None:
    """백업을 되살립니다. 서버를 끈 뒤에 하며, SQLite와 PostgreSQL 어느 쪽의 백업이든 받습니다.

    새 자리에 모두 만들고 확인한 뒤 바꿉니다. 도중에 멈추면 지금 자료가 그대로 남습니다.
    """
    from advisor.cli.backup import words_for
    from advisor.stores.restore import check_archive  # SQLAlchemy costs 0.3 s
    from advisor.stores.restore import restore as put_back

    settings = Settings()
    archive = check_archive(settings, file)
    click.echo(words_for(archive.manifest))
    if not yes:
        click.confirm("지금 자료 대신 이 백업을 씁니다. 계속할까요?", abort=True)
    done = put_back(settings, file)
    click.echo(f"되살렸습니다. 전에 있던 것은 {done.old_folder}에 있습니다.")
    if done.old_schema:
        click.echo(f"전의 표는 같은 데이터베이스의 스키마 {done.old_schema}에 있습니다.")
    click.echo("확인하신 뒤 지워 주세요. 색인은 `advisor index`나 서버를 켤 때 다시 만듭니다.")
