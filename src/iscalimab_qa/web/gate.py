"""What every request passes before it reaches Gradio: an ASGI middleware.

It lets in only what the page itself uses, only from the page itself, only so much and so
often, and uploads only from those who may change the library. What it refuses it says in
words that the page shows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any, NamedTuple

from iscalimab_qa.errors import whole_characters
from iscalimab_qa.web.access import Access
from iscalimab_qa.web.limits import Rate, too_often
from iscalimab_qa.web.origin import is_ours, is_sane_host, leads_here

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

_API = "/gradio_api/"
_JOIN = f"{_API}queue/join"
_UPLOAD = f"{_API}upload"
_LOGIN = "/login"

_USED = re.compile(
    r"/(?:config|theme\.css|favicon\.ico|robots\.txt|manifest\.json|pwa_icon(?:/\d+)?|login|logout)?/?"
    r"|/(?:assets|static|svelte)/.+"
    r"|/gradio_api/(?:queue/(?:join|data|status)|heartbeat/[\w-]+|cancel|reset|info|login_check"
    r"|app_id|user|theme\.css|startup-events|upload|upload_progress|component_server"
    r"|file=.+)/?"
)
"""What the page asks for. Gradio has more (calls for programs, a proxy, recordings)."""

_OUTSIDE = re.compile(r"(?i)https?:|//")
"""An address in place of a path: Gradio would fetch it, and nothing leaves this machine."""

MAX_BODY_BYTES = 16_000_000
"""Of a request that is no upload: a long conversation, sent back after a reload, is under 2."""

LOGINS_PER_MINUTE = 10
"""From one address: a person mistypes, a guesser needs thousands."""

_BAD_REQUEST, _FORBIDDEN, _NOT_FOUND = 400, 403, 404
_LENGTH_REQUIRED, _TOO_LARGE, _TOO_MANY, _MISDIRECTED = 411, 413, 429, 421

_CONTENT_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)
"""Gradio's page needs inline script and eval; nothing is fetched from, or sent, elsewhere.
Who may frame the page stands last, so that allowed origins can follow."""


class Refusal(NamedTuple):
    """Why a request is turned away: an HTTP status, and what the page shows."""

    status: int
    why: str


_MALFORMED = Refusal(_BAD_REQUEST, "The request is not of the form that this page sends.")


@dataclass(frozen=True, slots=True)
class House:
    """The rules of one server.

    `origins` are those allowed besides our own; `upload_bytes` bounds all files of one
    upload together; `asking` and `logins` count visitors.
    """

    access: Access
    upload_bytes: int
    asking: Rate
    origins: frozenset[str] = frozenset()
    logins: Rate = field(default_factory=lambda: Rate(LOGINS_PER_MINUTE))


@dataclass(frozen=True, slots=True)
class _Request:
    """What is looked at of a request; header names are in lower case."""

    scope: Scope
    headers: dict[str, str]

    @property
    def path(self) -> str:
        return str(self.scope["path"])

    @property
    def posts(self) -> bool:
        return self.scope.get("method") == "POST"

    @property
    def address(self) -> str:
        return str((self.scope.get("client") or ("",))[0])

    @property
    def length(self) -> int | None:
        given = self.headers.get("content-length", "")
        return int(given) if given.isdecimal() else None

    @property
    def username(self) -> str | None:
        """The user whom Gradio gave one of the cookies that came along."""
        app = self.scope["app"]
        try:
            cookies = SimpleCookie(self.headers.get("cookie", ""))
        except CookieError:
            return None
        for name in (f"access-token-{app.cookie_id}", f"access-token-unsecure-{app.cookie_id}"):
            if name in cookies:
                user = app.tokens.get(cookies[name].value)
                return str(user) if user is not None else None
        return None


class Gate:
    """The middleware; `house` is what it goes by."""

    def __init__(self, app: App, house: House) -> None:
        """Stand before an application."""
        self._app = app
        self._house = house

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with the reason why not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        request = _Request(scope, _headers(scope))
        refusal = refused(request, self._house)
        if refusal is None and request.posts and request.path.rstrip("/") == _JOIN:
            body = read_once(await _body(receive))
            refusal = refused_body(request, body, self._house)
            receive = _again(body, receive)
        if refusal is None:
            await self._app(scope, receive, _guarded(send, self._house))
        elif scope["type"] == "http":
            await _answer(refusal, _guarded(send, self._house))
        else:
            await send({"type": "websocket.close", "code": 1008, "reason": refusal.why[:120]})


def refused(request: _Request, house: House) -> Refusal | None:
    """Look at all of a request but its body; return why it is turned away, None if it is not."""
    return (
        _refused_host(request, house)
        or _refused_origin(request, house)
        or _refused_path(request)
        or _refused_size(request, house)
        or _refused_upload(request, house)
        or _refused_login(request, house)
    )


def refused_body(request: _Request, body: bytes, house: House) -> Refusal | None:
    """Look at what the page's script wants of a listener."""
    try:
        wanted = json.loads(body)
        listener, session = wanted.get("fn_index"), str(wanted.get("session_hash"))
    except (ValueError, AttributeError, RecursionError):
        return _MALFORMED
    # Gradio would read "0" and false as 0, and so the limit below would be passed by.
    asks = request.scope["app"].get_blocks().fns.get(listener) if type(listener) is int else None
    if asks is None:
        return _MALFORMED
    if any(map(_OUTSIDE.match, _file_paths(wanted.get("data")))):
        return Refusal(_FORBIDDEN, "Files are uploaded here, not fetched from elsewhere.")
    if asks.concurrency_id != "asking":
        return None
    wait_s = house.asking.wait_s(request.username or f"{request.address} {session}")
    return Refusal(_TOO_MANY, too_often(wait_s)) if wait_s else None


def read_once(body: bytes) -> bytes:
    """Write JSON anew as it is read here: Gradio cannot take it for something else.

    Halves of characters are gone from it, on which the reply would break off.
    """
    try:
        read = json.dumps(json.loads(body), ensure_ascii=False)
    except (ValueError, RecursionError):
        return body  # refused when it is looked at
    return whole_characters(read).encode("utf-8")


def _refused_host(request: _Request, house: House) -> Refusal | None:
    host = request.headers.get("host", "")
    if not is_sane_host(host):
        return Refusal(_BAD_REQUEST, "The request does not name one host.")
    if house.access.served == "to oneself" and not leads_here(host, house.origins):
        return Refusal(
            _MISDIRECTED,
            f"This chat is served on this machine alone, not as {host}. If that address is yours, "
            "start it with --allow-origin and the address.",
        )
    return None


def _refused_origin(request: _Request, house: House) -> Refusal | None:
    origin = request.headers.get("origin")
    if origin is None or is_ours(origin, request.headers["host"], house.origins):
        return None
    return Refusal(
        _FORBIDDEN,
        "The request comes from another page than this chat's own. If that address leads here, "
        "start the chat with --allow-origin and the address.",
    )


def _refused_path(request: _Request) -> Refusal | None:
    path = request.path
    outside = path.startswith(f"{_API}file=") and _OUTSIDE.match(path.partition("=")[2])
    if outside or not _USED.fullmatch(path):
        return Refusal(_NOT_FOUND, "There is nothing here.")
    return None


def _refused_size(request: _Request, house: House) -> Refusal | None:
    if not request.posts:
        return None
    if request.length is None:
        return Refusal(_LENGTH_REQUIRED, "The request does not say how long it is.")
    is_upload = request.path.rstrip("/") == _UPLOAD
    most = house.upload_bytes if is_upload else MAX_BODY_BYTES
    if request.length <= most:
        return None
    what = "These files are" if is_upload else "The request is"
    return Refusal(
        _TOO_LARGE, f"{what} {request.length / 1e6:.1f} MB; at most {most / 1e6:g} MB are taken."
    )


def _refused_upload(request: _Request, house: House) -> Refusal | None:
    if not request.path.startswith(_UPLOAD):
        return None
    why = house.access.why_not(request.username)
    return Refusal(_FORBIDDEN, why) if why else None


def _refused_login(request: _Request, house: House) -> Refusal | None:
    if not (request.posts and request.path.rstrip("/") == _LOGIN):
        return None
    wait_s = house.logins.wait_s(request.address)
    return Refusal(_TOO_MANY, f"Too many logins. Try again in {wait_s} s.") if wait_s else None


def _headers(scope: Scope) -> dict[str, str]:
    """Return the headers; one that stands twice is joined, and then is no sane host or origin."""
    headers: dict[str, str] = {}
    for name, value in scope["headers"]:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def _file_paths(data: Any) -> Iterator[str]:
    """Yield the path of every file that is named anywhere in a listener's inputs."""
    rest = [data]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            if isinstance(value.get("path"), str) and "meta" in value:
                yield value["path"]
            rest += value.values()
        elif isinstance(value, list):
            rest += value


async def _body(receive: Receive) -> bytes:
    """Read a body whose length was looked at; the server reads no more than that."""
    parts: list[bytes] = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """Hand a body on that was read already, and afterwards what else comes."""
    told = [False]

    async def replay() -> Message:
        if told[0]:
            return await receive()
        told[0] = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _guarded(send: Send, house: House) -> Send:
    """Tell the browser to keep what we serve to itself, and to pages that are allowed."""
    policy = " ".join([_CONTENT_POLICY, *sorted(house.origins)]).encode("ascii")

    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [*message.get("headers", [])]
            headers += [
                (b"x-content-type-options", b"nosniff"),
                (b"referrer-policy", b"no-referrer"),
                (b"content-security-policy", policy),
            ]
            message = {**message, "headers": headers}
        await send(message)

    return guarded


async def _answer(refusal: Refusal, send: Send) -> None:
    body = json.dumps({"detail": refusal.why}).encode("utf-8")
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode("ascii")),
    ]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
