"""Gradio's application behind our gate, served from a thread of its own."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from index.errors import FootnotedError
from page.gate import Gate

SESSIONS = 200  # conversations that are kept, the latest used
WAITING = 64  # questions that may wait for their turn


class PageError(FootnotedError):
    """A page that cannot be served."""


class Served:
    """A page that is being served, at `url`, until it is closed."""

    def __init__(
        self, build: Callable[[], Any], *, host: str, port: int, token: str | None
    ) -> None:
        if not token and not is_loopback(host):
            raise PageError(
                f"{host} can be reached from other machines; choose a token that a browser must "
                "show: --token WORDS"
            )
        self._build, self._host, self._token = build, host, token or None
        self._socket = listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        reached = socket.gethostname() if host in ("0.0.0.0", "::") else host
        self.url = f"http://{f'[{reached}]' if ':' in reached else reached}:{self.port}/"
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="page", daemon=True)
        self._thread.start()
        try:
            self._ready.result()
        except BaseException:
            self._socket.close()
            raise

    def close(self) -> None:
        """End the page; questions that are being answered are given up."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join(timeout=10)
        self._socket.close()

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._ready.done():
                raise
            self._ready.set_exception(error)

    async def _serve(self) -> None:
        import uvicorn

        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        # Built on the running loop, because Gradio makes its locks when it is built.
        mounted, within = application(self._build())
        gate = Gate(mounted, named=self._named, token=self._token, cookie=f"footnoted-{self.port}")
        config = uvicorn.Config(
            gate,
            lifespan="on",
            ws="none",
            access_log=False,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=2,
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[self._socket]))
        self._ready.set_result(
            None
        )  # the socket listens: who comes before the server runs waits for it
        await self._stop.wait()
        within.stop_event.set()  # ends the heartbeats, which keep their connections open
        server.should_exit = True
        await serving

    def _named(self, host: str) -> bool:
        """Whether a browser that reached us by this name can have meant us.

        Where others may come, any address will do: only a name can be rebound.
        """
        if host in ("localhost", self._host.lower(), socket.gethostname().lower()):
            return True
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        return address.is_loopback or not is_loopback(self._host)


def gradio() -> Any:
    """Return Gradio, which reports nothing to anyone."""
    # Read when it is imported and when a queue is made. The other two keep it from a summary of
    # our own traffic, for which it would load pandas after every question.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(2**62)
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    import gradio

    return gradio


def application(blocks: Any) -> tuple[Any, Any]:
    """Return the application to serve, and Gradio's own within it."""
    import fastapi

    gr = gradio()
    blocks.state_session_capacity = SESSIONS
    blocks.queue(max_size=WAITING, api_open=False)
    app = gr.mount_gradio_app(
        fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        blocks,
        path="/",
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
        allowed_paths=[],
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        ssr_mode=False,
        mcp_server=False,
        pwa=False,
        show_error=False,
    )
    return app, app.routes[-1].app


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens there; raise PageError where there is none to be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host or " ", port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family)
    except (socket.gaierror, UnicodeError) as error:
        raise PageError(f"{host!r} is no address of this machine") from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise PageError(
            f"cannot listen on port {port} of {host}: {reason}; name another with --port"
        ) from error


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach that host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
