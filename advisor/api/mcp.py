"""The tools over the Model Context Protocol: at `/mcp` behind keys, and on a terminal's pipes."""

import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, FastAPI, Request, Response
from pydantic import ValidationError
from starlette.types import Receive, Scope, Send

from advisor import __version__
from advisor.accounts.asking import accounts_of, address_of, check, refusal, who_is
from advisor.accounts.errors import DeniedError
from advisor.accounts.policy import Action, Decision, Kind
from advisor.api.answering import MAX_ANSWERS_AT_ONCE
from advisor.api.problems import BAD_BODY, NOT_ALLOWED, NotReadyError, problem
from advisor.api.routes import begun
from advisor.api.schemas import AskBody
from advisor.api.tools import TOOLS, Tool
from advisor.assemble import Advisor
from advisor.errors import AdvisorError, BadInputError
from advisor.messages import CONSULTATION_UNKNOWN, FAILED, NOT_READY, UserMessage

if TYPE_CHECKING:
    import mcp_types
    from mcp.server.lowlevel import Server
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

logger = logging.getLogger(__name__)

NO_TOOL = UserMessage(
    text="그런 도구가 없습니다.", next_step="tools/list로 쓸 수 있는 도구를 확인해 주세요."
)
INSTRUCTIONS = (
    "제조AI 길잡이는 한국 중소 제조기업의 AI 도입을 돕습니다. 금액·날짜·자격은 도구가 준 값과 출처만 "
    "옮기고, null은 확인된 값이 없다는 뜻입니다. 이용자에게 AI의 답이라는 것을 알려 주세요."
)
GetAdvisor = Callable[[], Advisor | None]
_BY_NAME = {one.name: one for one in TOOLS}

mcp_routes = APIRouter(include_in_schema=False)


def create_server(get_advisor: GetAdvisor) -> "Server[Any]":
    """Return the MCP server; whoever comes over HTTP is asked for at the gate, tool by tool."""
    import mcp_types as types
    from mcp.server.lowlevel import Server

    listed = types.ListToolsResult(tools=[_described(one) for one in TOOLS])
    places = CapacityLimiter(MAX_ANSWERS_AT_ONCE)  # on a terminal's pipes there is no application

    async def list_tools(_: Any, __: Any) -> "mcp_types.ListToolsResult":
        return listed

    async def call_tool(
        context: Any, params: "mcp_types.CallToolRequestParams"
    ) -> "mcp_types.CallToolResult":
        given, request = params.arguments or {}, context.request
        try:
            made = await to_thread.run_sync(
                lambda: call(get_advisor, params.name, given, request), limiter=places
            )
        except ValidationError as error:
            fields = [".".join(map(str, one["loc"])) for one in error.errors()]
            return _told(f"{BAD_BODY} ({', '.join(fields)})")
        except AdvisorError as error:
            return _told(str(error.user_message))
        except Exception:
            logger.exception("tool failed name=%s", params.name)
            return _told(str(FAILED))
        text = json.dumps(made, ensure_ascii=False)
        content = [types.TextContent(type="text", text=text)]
        return types.CallToolResult(content=list(content), structured_content=made)

    return Server(
        "advisor", version=__version__, title="제조AI 길잡이", instructions=INSTRUCTIONS,
        on_list_tools=list_tools, on_call_tool=call_tool,
    )  # fmt: skip


def call(
    get_advisor: GetAdvisor, name: str, given: dict[str, Any], request: Request | None
) -> dict[str, Any]:
    """Run a tool for whoever sends the request; without one, for the machine's own terminal.

    Raises:
        ValidationError: The arguments are not the tool's.
        AdvisorError: The asker may not, asks too often, or the Advisor refuses the values.
    """
    tool = _BY_NAME.get(name)
    if tool is None:
        raise BadInputError(NO_TOOL)
    body = tool.body.model_validate(given)
    if request is not None:
        _admit(tool, body, request)
    advisor = get_advisor()
    if advisor is None:
        raise NotReadyError(NOT_READY)
    if request is not None and isinstance(body, AskBody):
        own = begun(advisor, request, body.consultation_id)
        body = body.model_copy(update={"consultation_id": own})
    # As JSON says it: dates as text, no tuples.
    made: dict[str, Any] = json.loads(json.dumps(tool.run(advisor, body), default=str))
    return made


async def serve_pipes(get_advisor: GetAdvisor) -> None:
    """Serve the tools on stdin and stdout until stdin ends."""
    from mcp.server.stdio import stdio_server

    server = create_server(get_advisor)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())


@asynccontextmanager
async def tools_served(app: FastAPI) -> AsyncIterator[None]:
    """Lifespan of the application: `/mcp` answers in it. No session is kept between requests."""
    from mcp.server.streamable_http_manager import StreamableHTTPSessionManager

    manager = StreamableHTTPSessionManager(
        create_server(lambda: app.state.get_advisor()), stateless=True, json_response=True
    )
    async with manager.run():
        app.state.tools = manager
        try:
            yield
        finally:
            app.state.tools = None


class _Handover(Response):
    """Lets the protocol's own application answer a request that was let in."""

    def __init__(self, manager: "StreamableHTTPSessionManager") -> None:
        super().__init__()
        self._manager = manager

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._manager.handle_request(scope, receive, send)


@mcp_routes.api_route("/mcp", methods=["GET", "POST", "DELETE"], response_model=None)
async def over_http(request: Request) -> Response:
    """Streamable HTTP; who may come in at all was asked before.

    A GET would hold a stream open for messages of ours: there are none, nor a session to end.
    """
    if request.method != "POST":
        return problem(405, "not-allowed", NOT_ALLOWED, headers={"allow": "POST"})
    manager = getattr(request.app.state, "tools", None)
    if manager is None:
        raise NotReadyError(NOT_READY)
    return _Handover(manager)


def _admit(tool: Tool, body: Any, request: Request) -> None:
    """Ask the policy table and the rate limit for one tool."""
    accounts = accounts_of(request)
    if accounts is not None:
        accounts.rates.take(who_is(request), tool.rate, address=address_of(request))
    object_id = getattr(body, "consultation_id", None) or ""
    begins = tool.kind is Kind.CONSULTATION and not object_id
    action = Action.CREATE if begins else tool.action
    decision = check(request, action, tool.kind, object_id, scope=tool.scope)
    if decision is Decision.HIDDEN and tool.kind is Kind.CONSULTATION:
        raise BadInputError(CONSULTATION_UNKNOWN, detail="hidden")
    if decision is not Decision.ALLOW:
        raise DeniedError(decision, refusal(decision))


def _described(tool: Tool) -> "mcp_types.Tool":
    import mcp_types as types

    return types.Tool(
        name=tool.name, title=tool.title, description=tool.description,
        input_schema=tool.body.model_json_schema(), output_schema=tool.result.model_json_schema(),
        annotations=types.ToolAnnotations(read_only_hint=tool.name != "ask", open_world_hint=False),
    )  # fmt: skip


def _told(text: str) -> "mcp_types.CallToolResult":
    import mcp_types as types

    return types.CallToolResult(content=[types.TextContent(type="text", text=text)], is_error=True)
