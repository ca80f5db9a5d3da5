"""`advisor alerts`: the daily look at what people saved."""

import json
from dataclasses import asdict

import click

from advisor.cli.profile_file import day_from
from advisor.config import Settings
from advisor.corpus.effective import load_effective
from advisor.matching.alerts import find_alerts


@click.command(epilog="예: advisor alerts  (매일 아침 한 번 돌리도록 예약해 두세요)")
@click.option("--today", "day", help="기준일(YYYY-MM-DD). 비우면 오늘입니다.")
@click.option("--json", "as_json", is_flag=True, help="JSON으로 봅니다.")
def alerts(*, day: str | None, as_json: bool) -> None:
    """저장된 지원사업이 열렸거나 바뀌었는지 보고 알림을 남깁니다. 메일 설정이 있으면 보냅니다."""
    settings, today = Settings(), day_from(day)
    corpus = load_effective(settings).corpus
    from advisor.accounts.office import Accounts  # SQLAlchemy costs 0.3 s
    from advisor.stores.mail import can_mail, mail_alerts
    from advisor.stores.shortlists import ShortlistStore

    store = ShortlistStore(Accounts.open(settings).engine)  # addresses are encrypted
    told = []
    for saved in store.all_saved():
        fresh, found = find_alerts(corpus, saved, today)
        # Told before the new state is kept: a stop in between tells twice at worst, never not.
        told += store.tell(found, today)
        if fresh != saved:
            store.save(fresh)
    mailed = 0
    if can_mail(settings):
        for address, waiting in store.to_mail().items():
            if mail_alerts(settings, address, waiting):
                store.mark_mailed(waiting)
                mailed += len(waiting)
    if as_json:
        rows = [{**asdict(one), "at": one.at.isoformat() if one.at else None} for one in told]
        click.echo(json.dumps({"alerts": rows, "mailed": mailed}, ensure_ascii=False, indent=1))
    else:
        click.echo(f"새 알림 {len(told)}건, 메일로 보낸 알림 {mailed}건입니다.")
