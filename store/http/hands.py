"""Hands: the threads that carry requests out; writes go one after another."""

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from typing import Any, TypeVar

T = TypeVar("T")
_Joining = tuple[Callable[[], Any], Future[Any]]
"""What is to be done, and who waits for it."""
READERS = 2
"""SQLite reads in this process: more threads would only wait for each other."""
MOST_WAITING = 512
"""More than this at once is not taken in."""
MOST_TOGETHER = 16
"""So many writes share a commit at most: nobody waits long for the others."""


class Hands:
    """A few threads that read and one that writes: SQLite has one writer anyway.

    Writes that came in while one was under way share a commit; each is answered
    when it is lasting. One that is alone is carried out at once where it can be:
    going to another thread and back takes a tenth of its time.
    """

    def __init__(self) -> None:
        self.together: Callable[[], AbstractContextManager[None]] = nullcontext
        """What makes several writes lasting at once."""
        self._read = ThreadPoolExecutor(READERS, "http-read")
        self._write = ThreadPoolExecutor(1, "http-write")
        self._waiting = 0
        self._joining: deque[_Joining] = deque()
        self._turn: Future[None] | None = None
        """The last turn that writes were given; they are taken one after another."""

    @property
    def full(self) -> bool:
        """Tell whether as much is under way as is taken in."""
        return self._waiting >= MOST_WAITING

    async def carry_out(
        self,
        act: Callable[[], T],
        *,
        writes: bool,
        alone: Callable[[], T | None] | None = None,
    ) -> T:
        """Do something in a thread; it ends even where nobody waits any more.

        What may be done `alone`, at once or not at all (None), is one transaction,
        raises nothing by itself and may be joined with others.
        """
        self._waiting += 1
        try:
            if alone is not None:
                return await self._joined(act, alone)
            loop = asyncio.get_running_loop()
            hands = self._write if writes else self._read
            return await loop.run_in_executor(hands, act)
        finally:
            self._waiting -= 1

    async def _joined(self, act: Callable[[], T], alone: Callable[[], T | None]) -> T:
        answer: Future[T] = Future()
        one: _Joining = (act, answer)
        self._joining.append(one)
        if self._turn is None or self._turn.done():
            try:
                await asyncio.sleep(0)  # who came in at the same moment joins by then
            except asyncio.CancelledError:
                answer.cancel()
                raise
            if self._is_alone(answer):
                self._joining.clear()
                if (done := alone()) is not None:
                    return done
                self._joining.append(one)
        # One turn for each: who finds that another took its act along does nothing.
        self._turn = self._write.submit(self._take_turn)
        return await asyncio.wrap_future(answer)

    def _is_alone(self, answer: Future[Any]) -> bool:
        if self._turn is not None and not self._turn.done():
            return False
        return len(self._joining) == 1 and self._joining[0][1] is answer

    def _take_turn(self) -> None:
        taken: list[_Joining] = []
        while self._joining and len(taken) < MOST_TOGETHER:
            one = self._joining.popleft()
            if one[1].set_running_or_notify_cancel():
                taken.append(one)
        if not taken:
            return
        try:
            with self.together() if taken[1:] else nullcontext():
                done = [act() for act, _ in taken]
        except Exception as error:  # noqa: BLE001 - who asked is told
            for _, answer in taken:
                answer.set_exception(error)
            return
        for (_, answer), result in zip(taken, done, strict=True):
            answer.set_result(result)

    def rest(self) -> None:
        """Let everything that was begun end."""
        self._write.shutdown()
        self._read.shutdown()
