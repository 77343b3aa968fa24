"""Virtual time: an event loop whose clock jumps ahead when there is nothing to do.

Timers fire in their order, at the times that they were set for, and nobody waits for
them. While a thread works for the loop, as the store does, time stands still: how fast
the machine is changes nothing. A thread that is held on purpose lets time pass.
"""

from __future__ import annotations

import asyncio
import selectors
import sys
import threading
import time
from asyncio import AbstractEventLoop, Future
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import ExitStack
from typing import Any
from unittest import mock

HELD_AFTER = 1.0
"""A thread from which nothing was heard for so many real seconds is held by others."""
AN_ANSWER = 0.001
"""How much time passes with each thing that a thread has done."""
_MOMENT = 0.02
"""How often one looks whether a thread is held."""
_A_FRAME = 0.02
"""After so long, everything that a key sets off is painted."""


class VirtualTimeLoop(asyncio.SelectorEventLoop):
    """Runs what is due at once; its time passes only when all else is done."""

    def __init__(self) -> None:
        self._now = time.monotonic()
        self._heard = self._now
        self._threads: set[int] = set()
        self._at_work = 0
        super().__init__(_Selector(self))
        self._patches = ExitStack()
        for name, instead in _INSTEAD.items():
            self._patches.enter_context(mock.patch(name, instead))

    def time(self) -> float:
        """Return the loop's own time, in seconds."""
        return self._now

    def close(self) -> None:
        """Close the loop; what it replaced is as it was."""
        self._patches.close()
        super().close()

    def run_in_executor(  # type: ignore[override]  # the stub has it wait twice
        self, executor: Executor | None, func: Callable[..., Any], *args: Any
    ) -> Future[Any]:
        """Let a thread do something; until it is done, time stands still."""
        self._begins()
        try:
            future = super().run_in_executor(executor, self._run, func, *args)
        except BaseException:
            self._ends()
            raise
        future.add_done_callback(self._ends)
        return future

    async def shutdown_default_executor(self, *_: object) -> None:
        """Wait for the threads, without the hurry of a clock that jumps."""
        self._begins()
        try:
            await super().shutdown_default_executor()
        finally:
            self._ends()

    def select(
        self, real: Callable[[float | None], list[Any]], timeout: float | None
    ) -> list[Any]:
        """Return what came from outside, if anything did before the next timer."""
        found = real(0)
        if found or timeout == 0:
            return found
        while self._at_work and not self._is_held():
            if found := real(_MOMENT):
                return found
        if timeout is None:
            return real(None)
        if not self._at_work:
            self._now += timeout
            return []
        begun = time.monotonic()
        found = real(timeout)
        self._now += min(timeout, time.monotonic() - begun) if found else timeout
        return found

    def _run(self, func: Callable[..., Any], *args: Any) -> object:
        thread = threading.get_ident()
        self._threads.add(thread)
        try:
            return func(*args)
        finally:
            self._threads.discard(thread)

    def _begins(self) -> None:
        self._at_work += 1
        self._heard = time.monotonic()

    def _ends(self, _: object = None) -> None:
        self._at_work -= 1
        self._now += AN_ANSWER
        self._heard = time.monotonic()

    def _is_held(self) -> bool:
        """Tell whether those who work wait for somebody else."""
        if time.monotonic() - self._heard > HELD_AFTER:
            return True
        frames = sys._current_frames()
        working = [frames[one] for one in tuple(self._threads) if one in frames]
        return len(working) >= self._at_work and all(
            frame.f_code.co_filename == threading.__file__ for frame in working
        )


class _Selector(selectors.DefaultSelector):
    """Asks the loop how long there is to wait."""

    def __init__(self, loop: VirtualTimeLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        """Return what is ready to be read or written."""
        return self._loop.select(super().select, timeout)


def _running() -> AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _time() -> float:
    loop = _running()
    return loop.time() if loop else time.monotonic()


async def _idle(*_: object) -> None:
    """Let everything happen that is on its way to the screen."""
    await asyncio.sleep(_A_FRAME)


_INSTEAD: dict[str, Any] = {
    "textual._time.get_time": _time,
    "textual.app.wait_for_idle": _idle,
    "textual.pilot.wait_for_idle": _idle,
}
"""What asks the machine for the time, or how busy it is, asks the loop instead."""
