"""One request over a connection whose address was checked; the door to httpx and httpcore."""

import logging
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import httpcore
import httpx

from advisor.corpus.connectors.address import is_callable_address, is_callable_port
from advisor.corpus.connectors.faults import Fault, SourceError

logger = logging.getLogger(__name__)

# Host and port to addresses; getaddrinfo, or another in a test of a rebinding name server.
Resolve = Callable[[str, int], list[str]]
_CONNECT_S = 10.0
_PIECE = 64 * 1024
_SCHEMES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost: seconds in all, and bytes after unpacking."""

    total_s: float = 60.0
    most_bytes: int = 20 * 1024**2


@dataclass(frozen=True, slots=True)
class Response:
    """What a server sent; header names are lower case, the body is unpacked."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def absolute(url: str) -> httpx.URL:
    """Return an address with its host and path in the form that goes over the wire.

    Raises:
        SourceError: It is none that may be called: another scheme, a login in it, an odd port.
    """
    try:
        parsed = httpx.URL(url)
        port = parsed.port
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise SourceError(Fault.BAD_ADDRESS, "address not parsed") from error
    if parsed.scheme not in _SCHEMES or not parsed.host or parsed.userinfo:
        raise SourceError(Fault.BAD_ADDRESS, f"scheme={parsed.scheme}")
    if port is not None and not is_callable_port(port):
        raise SourceError(Fault.FORBIDDEN_ADDRESS, f"port={port}")
    return parsed


def send(
    url: httpx.URL,
    *,
    method: str,
    headers: Mapping[str, str],
    limits: Limits,
    allow_loopback: bool = False,
    resolver: Resolve = resolve,
) -> Response:
    """Send one request and read its answer within the limits; redirects are the caller's.

    The connection is made to the very address that was checked, so that a name server which answers
    differently a second time changes nothing. No proxy of the environment is used: it would resolve
    the name itself.

    Raises:
        SourceError: The address may not be called, or nothing whole came within the limits.
    """
    deadline = time.monotonic() + limits.total_s
    backend = _CheckedBackend(deadline, resolver, allow_loopback=allow_loopback)
    sent = [
        (b"Host", url.netloc),
        *((name.encode(), value.encode()) for name, value in headers.items()),
    ]
    wire = httpcore.URL(
        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
    )  # fmt: skip
    waits = {"connect": _CONNECT_S, "read": limits.total_s, "write": limits.total_s, "pool": 1.0}
    try:
        with (
            httpcore.ConnectionPool(
                ssl_context=_tls(), network_backend=backend, max_connections=1
            ) as pool,
            pool.stream(method, wire, headers=sent, extensions={"timeout": waits}) as reply,
        ):
            found = {
                name.decode("ascii", "replace").lower(): value.decode("utf-8", "replace")
                for name, value in reply.headers
            }
            body = _unpacked(reply.iter_stream(), found.get("content-encoding", ""), limits)
            return Response(reply.status, found, body)
    except httpcore.TimeoutException as error:
        raise SourceError(Fault.TIMEOUT, f"host={url.host}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        # A body that ends too early is a protocol error too.
        detail = f"host={url.host} error={type(error).__name__}"
        raise SourceError(Fault.UNREACHABLE, detail) from error


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context(trust_env=False)


def _unpacked(pieces: Iterable[bytes], encoding: str, limits: Limits) -> bytes:
    """Return the body unpacked, giving up before a small one becomes a huge one."""
    named = encoding.strip().lower()
    if named in {"", "identity"}:
        unpack = None
    elif named in {"gzip", "x-gzip", "deflate"}:
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    else:
        # Only these were asked for.
        raise SourceError(Fault.UNREADABLE, "content encoding not asked for")
    body = bytearray()
    for piece in pieces:
        room = limits.most_bytes + 1 - len(body)
        try:
            body += unpack.decompress(piece, room) if unpack else piece
        except zlib.error as error:
            raise SourceError(Fault.UNREADABLE, "packed body is damaged") from error
        if len(body) > limits.most_bytes:
            shown = f"{limits.most_bytes // 1024**2}MB까지 받습니다"
            raise SourceError(Fault.TOO_LARGE, f"bytes>{limits.most_bytes}", note=shown)
    if unpack and not unpack.eof and body:
        raise SourceError(Fault.UNREADABLE, "packed body ends too early")
    return bytes(body)


class _CheckedBackend(httpcore.SyncBackend):
    """Connects to checked addresses only, and lets no answer take longer than the deadline."""

    def __init__(self, deadline: float, resolver: Resolve, *, allow_loopback: bool) -> None:
        self._deadline = deadline
        self._resolver = resolver
        self._allow_loopback = allow_loopback

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._resolver(host.strip("[]"), port)
        allowed = [
            one
            for one in addresses
            if is_callable_address(one, allow_loopback=self._allow_loopback)
        ]
        # One address of the inner network among public ones is an attack as well.
        if not addresses or len(allowed) < len(addresses):
            raise SourceError(Fault.FORBIDDEN_ADDRESS, f"host={host}")
        problem: Exception = OSError("no address")
        for one in allowed:
            try:
                stream = super().connect_tcp(
                    one, port, _left(self._deadline, timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.NetworkError, httpcore.TimeoutException) as error:
                problem = error
        raise problem


class _TimedStream(httpcore.NetworkStream):
    """A stream on which no read waits beyond the deadline, however the bytes drip."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(
            ssl_context, server_hostname, _left(self._deadline, timeout)
        )
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("deadline")
    return left if timeout is None else min(left, timeout)
