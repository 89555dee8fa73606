"""Which requests reach the page, and what every response carries.

Gradio serves much more than this page needs: uploads, files by path, a proxy, its API. Only what
the page asks for is let through, only from itself, and only under the names it is served by: a
foreign site can make a browser send requests here (or rebind its own name to this address), but
it cannot choose the Host and Origin that the browser writes.
"""

from __future__ import annotations

import hashlib
import math
import re
import secrets
from asyncio import sleep
from base64 import b64encode
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

OWN = {
    "/footnoted/page.css": "text/css",
    "/footnoted/page.js": "text/javascript",
    "/footnoted/icon.svg": "image/svg+xml",
}
READ = re.compile(
    r"(?!.*\.\.)/(theme\.css|(assets|static)/.+|gradio_api/(queue/data|heartbeat/\w+|app_id))?"
)
WRITTEN = "/gradio_api/queue/join"
STREAM = "/gradio_api/queue/data"
SETTLED = 0.25  # seconds; a stream that ended so long ago is known to the browser as ended
LARGEST = 8_000_000  # bytes of a request; a question of a megabyte still gets its answer: no

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class Gate:
    """Stands before Gradio's application; `named` says whether a host's name is one of ours."""

    def __init__(
        self, app: ASGIApp, *, named: Callable[[str], bool], token: str | None, cookie: str
    ) -> None:
        self._app = app
        self._named = named
        self._token = token
        self._cookie = cookie
        self._pass = hashlib.sha256(f"footnoted {token}".encode()).hexdigest()
        self._ended = -math.inf  # when a stream last ended, by the monotonic clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: refused, ours, the page, or Gradio's."""
        from starlette.datastructures import Headers

        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        response = self._answer(scope, Headers(scope=scope))
        if response is not None:
            response.headers.update(HEADERS)
            await response(scope, receive, send)
        elif scope["path"] == "/":
            await self._page(scope, receive, send)
        elif scope["path"] == STREAM:
            try:
                await self._app(scope, receive, _with_headers(send))
            finally:
                self._ended = monotonic()
        elif scope["path"] == WRITTEN:
            await self._settle()
            await self._app(scope, receive, self._with_settled(_with_headers(send)))
        else:
            await self._app(scope, receive, _with_headers(send))

    async def _settle(self) -> None:
        """Wait until the browser knows of every stream that it has ended.

        Gradio's stream ends with the last answer that is awaited. What is asked in the moment
        before the browser has read so is answered into a stream that nobody listens to: the
        question would stand in its box until the next one.
        """
        rest = self._ended + SETTLED - monotonic()
        if rest > 0:
            await sleep(rest)

    def _with_settled(self, send: Send) -> Send:
        async def sent(message: Any) -> None:
            await self._settle()
            await send(message)

        return sent

    def _answer(self, scope: Scope, headers: Headers) -> Response | None:
        """What is answered here, or None where Gradio answers."""
        from starlette.responses import FileResponse

        if self._foreign(scope, headers):
            return _told(HTTPStatus.FORBIDDEN, "This page answers only requests of its own.")
        if self._token is not None:
            response = self._without_token(scope)
            if response is not None:
                return response
        path, method = scope["path"], scope["method"]
        if path in OWN and method == "GET":
            file = Path(__file__).parent / path.rpartition("/")[2]
            return FileResponse(file, media_type=OWN[path], headers={"Cache-Control": "no-cache"})
        if path == WRITTEN and method == "POST":
            size = headers.get("content-length", "")
            if not size.isdecimal() or int(size) > LARGEST:
                return _told(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This request is too large.")
            return None
        if method == "GET" and READ.fullmatch(path):
            return None
        return _told(HTTPStatus.NOT_FOUND, "There is nothing here.")

    def _foreign(self, scope: Scope, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._named(re.sub(r":\d*$", "", hosts[0]).strip("[]").lower()):
            return True
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{hosts[0]}":
            return True
        # A link on another site may open the page, which is harmless; it may fetch nothing else.
        inside = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
        opened = scope["path"] == "/" and headers.get("sec-fetch-mode") == "navigate"
        return not (inside or opened)

    def _without_token(self, scope: Scope) -> Response | None:
        from starlette.requests import Request
        from starlette.responses import HTMLResponse

        request = Request(scope)
        if _same(request.cookies.get(self._cookie, ""), self._pass):
            return None
        if not _same(request.query_params.get("token", ""), self._token or ""):
            return _told(HTTPStatus.UNAUTHORIZED, "Open this page as /?token=... with its token.")
        # A reload by the page itself, not a redirect: a strict cookie would stay behind on a
        # redirect that began at a link on another site.
        response = HTMLResponse('<!doctype html><meta http-equiv="refresh" content="0;url=/">')
        response.set_cookie(self._cookie, self._pass, httponly=True, samesite="strict")
        return response

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        from starlette.responses import HTMLResponse

        body = bytearray()
        started: dict[str, Any] = {}

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.update(message)
            else:
                body.extend(message.get("body", b""))

        plain = [(k, v) for k, v in scope["headers"] if k in (b"host", b"cookie")]
        await self._app({**scope, "headers": plain, "query_string": b""}, receive, keep)
        html = prepared(body.decode())
        response = HTMLResponse(html, started.get("status", 500), HEADERS)
        response.headers["Content-Security-Policy"] = policy(html)
        response.headers["Cache-Control"] = "no-store"
        await response(scope, receive, send)


def prepared(html: str) -> str:
    """Return Gradio's page without what points away from this machine, and with our own look."""
    html = re.sub(r'<base\b[^>]*>|<meta\s+(?:property|name)="(?:og|twitter):[^>]*>', "", html)
    html = re.sub(r'<link rel="manifest"[^>]*>', "", html)
    resizer = r"<script>((?!</script>).)*iframeResizer\.contentWindow.*?</script>"
    html = re.sub(resizer, "", html, flags=re.S)
    own = (
        "<title>Footnoted</title>"
        '<link rel="icon" href="/footnoted/icon.svg">'
        '<link rel="stylesheet" href="/footnoted/page.css">'
        '<script src="/footnoted/page.js" defer></script></head>'
    )
    return html.replace("</head>", own, 1)


def policy(html: str) -> str:
    """Return the Content-Security-Policy under which exactly this page's own scripts run."""
    inline = re.findall(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", html, re.S)
    hashes = {f"'sha256-{b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in inline}
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {' '.join(sorted(hashes))}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _same(given: str, wanted: str) -> bool:
    return secrets.compare_digest(given.encode(), wanted.encode())


def _told(status: HTTPStatus, words: str) -> Response:
    from starlette.responses import PlainTextResponse

    return PlainTextResponse(words + "\n", status)


def _with_headers(send: Send) -> Send:
    async def sent(message: Any) -> None:
        if message["type"] == "http.response.start":
            ours = [(k.lower().encode(), v.encode()) for k, v in HEADERS.items()]
            names = {k for k, _ in ours}
            kept = [(k, v) for k, v in message.get("headers", []) if k.lower() not in names]
            message = {**message, "headers": kept + ours}
        await send(message)

    return sent
