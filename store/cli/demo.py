"""Demo: the console on a store of its own, which is gone when the console is."""

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from platformdirs import user_cache_path

from store.cli.console import needs_terminal, read_only, show
from store.cli.options import Typed
from store.cli.place import url_of
from store.demo.kept import kept_at, open_demo_at, put_copy
from store.demo.story import NOW
from store.glance import Glance, glance

_ENDS = tuple(
    getattr(signal, name) for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)
)
"""What ends the console from outside: the terminal is gone, or it was told to go."""


def open_demo(typed: Typed) -> int:
    """Open the console on a fresh demo store; return the exit code.

    Raises:
        Mistyped: An option has a value that there is not.
    """
    if typed.web:
        from store.cli.web import serve_demo

        return serve_demo(typed)
    needs_terminal()
    cache = user_cache_path("refund-desk", appauthor=False)
    kept = kept_at(cache, typed.seed)
    with throwaway() as folder:
        file = folder / "demo.db"
        put_copy(file, kept)
        return show(
            lambda: open_demo_at(file, kept, typed.seed, read_only(typed)),
            typed,
            lambda: _glance(url_of(str(file))),
        )


def _glance(url: str) -> Glance | None:
    seen = glance(url)
    return replace(seen, at=NOW) if seen else None


@contextmanager
def throwaway() -> Iterator[Path]:
    """Hold a folder that is gone afterwards, also when a signal ends the process."""
    with TemporaryDirectory(
        prefix="refund-desk-", ignore_cleanup_errors=True
    ) as folder:

        def end(number: int, _: FrameType | None) -> None:
            shutil.rmtree(folder, ignore_errors=True)
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

        before = {number: signal.signal(number, end) for number in _ENDS}
        try:
            yield Path(folder)
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
