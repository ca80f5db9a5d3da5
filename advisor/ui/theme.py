"""Gradio's theme in our colours, and the page mounted into the server."""

from typing import Any

import gradio as gr
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from advisor.accounts.sharing import Sharing
from advisor.ui.blocks import create_page
from advisor.ui.diagnosis_handlers import DiagnosisHandlers
from advisor.ui.document import ASSETS, OwnDocument
from advisor.ui.frame import close_the_rest
from advisor.ui.handlers import Handlers

FONT = (
    gr.themes.Font("Pretendard Variable"),
    gr.themes.Font("system-ui"),
    gr.themes.Font("sans-serif"),
)


class _Kept(StaticFiles):
    """Files that a browser may keep: their address changes with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["cache-control"] = "public, max-age=31536000, immutable"
        return response


def create_files() -> GZipMiddleware:
    """Return the page's own files; styles and scripts go out at a quarter of their size."""
    return GZipMiddleware(_Kept(directory=ASSETS), minimum_size=1000)


def create_theme() -> Any:
    """Return the theme; what Gradio draws itself (errors, loaders) follows the page's colours."""
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.slate,
        font=FONT,
        font_mono=FONT,
    ).set(
        body_background_fill="#f5f7fa",
        body_background_fill_dark="#0f1419",
        body_text_color="#17202b",
        body_text_color_dark="#e8edf3",
        block_background_fill="transparent",
        block_border_width="0px",
        block_padding="0px",
    )


def mount_page(
    app: FastAPI,
    handlers: Handlers,
    readiness: DiagnosisHandlers,
    sharing: Sharing | None = None,
    *,
    retention_days: int = 90,
) -> FastAPI:
    """Mount the page at "/" and its files at "/brand" (Gradio serves its own from "/assets")."""
    app.mount("/brand", create_files(), name="brand")
    app.add_middleware(OwnDocument)
    gr.mount_gradio_app(
        app,
        create_page(handlers, readiness, sharing, retention_days=retention_days),
        path="/",
        theme=create_theme(),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size="1mb",
    )
    close_the_rest(app)
    return app
