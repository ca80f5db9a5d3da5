"""`advisor retention`: drops by hand what a serving process drops every day."""

from datetime import timedelta

import click

from advisor.clock import now
from advisor.config import Settings


@click.command(epilog="예: advisor retention")
def retention() -> None:
    """보관 기간이 지난 상담과 고객사, 끝난 로그인을 지웁니다.

    상담은 ADVISOR_RETENTION_DAYS, 상담사의 고객사는 ADVISOR_CLIENT_RETENTION_DAYS 동안 아무도 쓰지 않으면
    지웁니다. 고객사를 지우면 메모와 파일도 함께 지웁니다.
    """
    from advisor.accounts.actor import TERMINAL
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s
    from advisor.accounts.retention import purge
    from advisor.stores.consultations import ConsultationStore
    from advisor.stores.shortlists import ShortlistStore

    settings = Settings()

    class Stores:
        """What is purged needs no index: this runs beside a serving process."""

        def purge(self) -> int:
            before = now() - timedelta(days=settings.retention_days)
            count = ConsultationStore.open(settings).purge(before)
            ShortlistStore.open(settings).forget_gone()
            return count

    done = purge(Stores(), Accounts.open(settings), actor=TERMINAL)
    click.echo(
        f"{settings.retention_days}일이 지난 상담 {done.consultations}건, "
        f"{settings.client_retention_days}일이 지난 고객사 {done.clients}곳을 지웠습니다."
    )
