"""The web application: the API, and the page mounted beside it."""

from collections.abc import Callable

from fastapi import FastAPI

from advisor.accounts.office import Accounts
from advisor.api.app import create_api
from advisor.assemble import Advisor
from advisor.config import Settings
from advisor.conversation.desk import Desk
from advisor.ui.diagnosis_handlers import DiagnosisHandlers
from advisor.ui.handlers import Handlers, Opening
from advisor.ui.jobs import Jobs
from advisor.ui.sign_in import add_sign_in
from advisor.ui.theme import mount_page


def create_app(
    settings: Settings,
    opening: Opening,
    get_advisor: Callable[[], Advisor | None],
    accounts: Accounts | None = None,
) -> FastAPI:
    """Return API and page in one application.

    Args:
        settings: For the longest message.
        opening: What the page asks for its Advisor.
        get_advisor: What the API asks for its Advisor.
        accounts: People, sessions and permissions; None opens the configured ones.
    """
    accounts = accounts or Accounts.open(settings)
    app = create_api(get_advisor, accounts)
    add_sign_in(app, accounts)
    jobs = Jobs()

    def get_desk() -> Desk | None:
        advisor = get_advisor()
        return advisor.desk if advisor else None

    def has_report(consultation_id: str) -> bool:
        desk = get_desk()
        return desk is not None and desk.has_result(consultation_id)

    return mount_page(
        app,
        Handlers(opening, jobs, settings.max_question_chars, has_report),
        DiagnosisHandlers(get_desk, jobs),
        accounts.sharing,
        retention_days=settings.retention_days,
    )
