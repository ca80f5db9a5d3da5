"""The FastAPI application that the page is mounted in."""

from fastapi import FastAPI

from advisor import __version__
from advisor.api.problems import add_handlers
from advisor.api.routes import GetAdvisor, router


def create_api(get_advisor: GetAdvisor) -> FastAPI:
    """Return the API. Its description page is off: it would load scripts from outside."""
    app = FastAPI(
        title="제조AI 길잡이",
        version=__version__,
        openapi_url="/api/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    add_handlers(app)
    app.include_router(router(get_advisor))
    return app
