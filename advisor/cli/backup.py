"""`advisor backup`: one file with all that cannot be made anew."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from advisor.config import Settings
from advisor.errors import BadInputError
from advisor.messages import UserMessage

if TYPE_CHECKING:
    from advisor.stores.archive import Manifest

NOTHING_SAID = UserMessage(
    text="무엇을 할지 알려 주세요.",
    next_step="`advisor backup --out 파일.zip` 또는 `advisor backup --verify 파일.zip`",
)
WITHOUT_KEYS = "키 파일은 들어 있지 않습니다. 되살리려면 ADVISOR_HOME/keys도 있어야 하니 따로 안전하게 보관해 주세요."
WITH_KEYS = "키가 함께 들어 있습니다. 이 파일을 가진 사람은 이름과 연락처를 모두 읽을 수 있습니다."


@click.command(
    epilog="\b\n예: advisor backup --out 백업-2026-11-25.zip\n"
    "    advisor backup --out 백업.zip --with-keys\n"
    "    advisor backup --verify 백업.zip"
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="만들 파일(zip).")
@click.option(
    "--with-keys", is_flag=True,
    help="이름과 연락처를 여는 키도 넣습니다. 넣지 않으면 키 파일은 따로 보관해야 합니다.",
)  # fmt: skip
@click.option(
    "--verify", type=click.Path(path_type=Path, dir_okay=False),
    help="만들지 않고, 있는 백업이 온전한지 확인합니다.",
)  # fmt: skip
def backup(*, out: Path | None, with_keys: bool, verify: Path | None) -> None:
    """상담, 계정, 올린 문서, 게시한 기록을 파일 하나에 담습니다. 서버를 켜 둔 채로 됩니다.

    색인과 검색 모델은 담지 않습니다. 되살린 뒤 저절로 다시 만듭니다. 로그인 상태도 담지 않습니다.
    """
    if (out is None) == (verify is None):
        raise BadInputError(NOTHING_SAID)
    if verify is not None:
        from advisor.stores.archive import read_archive

        click.echo(f"온전한 백업입니다. {words_for(read_archive(verify).manifest)}")
        return
    from advisor.stores.backup import back_up  # SQLAlchemy costs 0.3 s

    assert out is not None
    made = back_up(Settings(), out, with_keys=with_keys)
    size = out.stat().st_size / 1_000_000
    click.echo(f"{out} ({size:.1f}MB)에 백업했습니다. {words_for(made)}")
    click.echo(WITH_KEYS if made.with_keys else WITHOUT_KEYS)


def words_for(manifest: "Manifest") -> str:
    """Return what a backup holds, in a line."""
    rows = manifest.rows()
    files = sum(one.name.startswith("home/") for one in manifest.members)
    return (
        f"{manifest.made_at[:16].replace('T', ' ')}에 만듦, 상담 {rows.get('consultations', 0):,}건, "
        f"문서 {rows.get('documents', 0):,}건, 표 {len(rows)}개 {sum(rows.values()):,}줄, 파일 {files:,}개."
    )
