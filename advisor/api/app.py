"""The FastAPI application that the page is mounted in."""

from collections.abc import Callable

from fastapi import Depends, FastAPI

from advisor import __version__
from advisor.accounts.office import Accounts
from advisor.api import answering
from advisor.api.accounts import account_routes
from advisor.api.admin import admin_routes
from advisor.api.clients import client_routes
from advisor.api.diagnosis import diagnosis_routes
from advisor.api.documents import document_routes
from advisor.api.evidence import evidence_routes
from advisor.api.guard import Guarded, add_refusals, guard
from advisor.api.helpdesk import desk_routes
from advisor.api.kakao import kakao_routes
from advisor.api.keys import key_routes
from advisor.api.mcp import mcp_routes, tools_served
from advisor.api.openapi import describe
from advisor.api.owner import owner_routes
from advisor.api.problems import add_handlers, nowhere
from advisor.api.review import review_routes
from advisor.api.routes import routes
from advisor.api.signals import signal_routes
from advisor.api.support import support_routes
from advisor.api.sync_runs import SyncRuns
from advisor.assemble import Advisor


def create_api(
    get_advisor: Callable[[], Advisor | None], accounts: Accounts | None = None
) -> FastAPI:
    """Return the API; `get_advisor` gives None while the advisor is being put together.

    Every route asks the policy table first. Without `accounts` it serves its own machine only,
    as tests and scripts do, and everybody may do everything.
    Its description page is off: it would load scripts from outside.
    """
    app = FastAPI(
        title="제조AI 길잡이",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        dependencies=[Depends(guard)],
        lifespan=tools_served,
    )
    add_handlers(app)
    add_refusals(app)
    app.add_middleware(Guarded, accounts=accounts)
    app.state.get_advisor = get_advisor
    app.state.sync_runs = SyncRuns()
    answering.prepare(app)
    app.include_router(account_routes)
    app.include_router(admin_routes)
    app.include_router(signal_routes)
    app.include_router(routes)
    app.include_router(client_routes)
    app.include_router(diagnosis_routes)
    app.include_router(desk_routes)
    app.include_router(document_routes)
    app.include_router(evidence_routes)
    app.include_router(owner_routes)
    app.include_router(review_routes)
    app.include_router(support_routes)
    app.include_router(key_routes)
    app.include_router(kakao_routes)
    app.include_router(mcp_routes)
    app.mount("/api", nowhere)
    describe(app)
    return app
