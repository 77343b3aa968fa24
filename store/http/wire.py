"""Wire: a connection whose request does not begin to arrive in time is closed."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that waits for a request's head only so long.

    A body has its own time; a connection that idles between two requests has uvicorn's.
    """

    patience = 15.0
    """Seconds from the first byte of a head to its last."""
    _late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait: whoever connects has something to say."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Wait for the rest of a head, or stop waiting where it is whole."""
        super().data_received(data)
        if self._waits_for_head():
            self._wait()
        else:
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nobody is there."""
        self._stop()
        super().connection_lost(exc)

    def _waits_for_head(self) -> bool:
        return self.conn.their_state is h11.IDLE

    def _wait(self) -> None:
        if self._late is None:
            self._late = self.loop.call_later(self.patience, self._close)

    def _stop(self) -> None:
        if self._late is not None:
            self._late.cancel()
            self._late = None

    def _close(self) -> None:
        self._late = None
        if self._waits_for_head():
            self.transport.close()
