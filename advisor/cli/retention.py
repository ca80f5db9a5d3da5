"""`advisor retention`: drops by hand what a serving process drops every day."""

from datetime import timedelta

import click

from advisor.clock import now
from advisor.config import Settings


@click.command(epilog="예: advisor retention")
def retention() -> None:
    """보관 기간(ADVISOR_RETENTION_DAYS)이 지난 상담과 끝난 로그인을 지웁니다."""
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
            store, shortlists = ConsultationStore.open(settings), ShortlistStore.open(settings)
            count = store.purge(before)
            for owner in shortlists.owners():
                if store.load(owner) is None:
                    shortlists.forget(owner)
            return count

    done = purge(Stores(), Accounts.open(settings), actor=TERMINAL)
    click.echo(f"{settings.retention_days}일이 지난 상담 {done.consultations}건을 지웠습니다.")
