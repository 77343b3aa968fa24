"""Web: the demo's console in a browser on this machine, a process for each tab."""

import errno
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from store.cli import say
from store.cli.options import Mistyped, Typed

HOST = "127.0.0.1"
"""Nobody else's machine reaches it; there is no log-in."""
_PAGE = Path(__file__).with_name("page")
"""Our own page: it takes nothing from other machines, and keys without a click."""
_LAST_WORDS = 2.0
"""Seconds that open tabs have when the server ends."""


def serve_demo(typed: Typed) -> int:
    """Serve the demo until it is interrupted; return the exit code.

    Raises:
        Mistyped: What serves it is not installed, or the port is taken.
    """
    try:
        from aiohttp import web
        from textual_serve.server import Server
    except ImportError:
        raise Mistyped(
            'The browser needs one thing more: pip install "refund-desk[web]".'
        ) from None

    class DemoServer(Server):
        """Serves its own page only: another site's page must not press keys here."""

        async def on_startup(self, app: web.Application) -> None:
            """Say nothing before there is something to go to."""

        def run(self) -> None:
            """Serve until a signal comes; say where to go once it can be reached."""
            web.run_app(
                self._make_app(),
                host=self.host,
                port=self.port,
                print=self._say_where,
                access_log=None,
                shutdown_timeout=_LAST_WORDS,
            )

        def _say_where(self, _: str) -> None:
            say.result(f"The demo is at {self.public_url} · ctrl+c ends it")
            sys.stdout.flush()

        async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
            """Start a console for a tab of this page."""
            if request.headers.get("Origin") != self.public_url:
                raise web.HTTPForbidden
            return await super().handle_websocket(request)

    command = shlex.join(
        (sys.executable, "-P", "-m", "store.cli", "demo", *_again(typed))
    )
    server = DemoServer(
        command,
        host=HOST,
        port=typed.port,
        title="Refund Desk",
        templates_path=str(_PAGE),
    )
    try:
        server.run()
    except OSError as failed:
        if failed.errno != errno.EADDRINUSE:
            raise
        said = f"Port {typed.port} is taken: give another one with --port."
        raise Mistyped(said) from None
    return 0


def _again(typed: Typed) -> Iterator[str]:
    """Yield what was typed for the console itself."""
    named = {
        "--seed": typed.seed,
        "--actor": typed.actor,
        "--theme": typed.theme,
        "--zone": typed.zone,
        "--config": typed.config,
    }
    for option, value in named.items():
        if value is not None:
            yield f"{option}={value}"
    for option, wanted in (("--ascii", typed.ascii), ("--read-only", typed.read_only)):
        if wanted:
            yield option
