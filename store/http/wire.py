"""Wire: one connection; what is no request, or not in time, is told in one line."""

import asyncio
import sys
from contextlib import suppress
from http import HTTPStatus

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from store.http import answers
from store.http.answers import Reply
from store.ids import RandomIds
from store.refusals import http as http_refusals
from store.shape.account import API_VERSION

_ANSWERABLE = (h11.IDLE, h11.SEND_RESPONSE)
"""Where a connection is before an answer to its request has begun."""


def told(reply: Reply, request: str) -> dict[str, str]:
    """Return the headers of every answer."""
    return {
        "Cache-Control": "no-cache, no-store",
        "Request-Id": request,
        "Stripe-Version": API_VERSION,
        **reply.headers,
    }


class PatientProtocol(H11Protocol):
    """HTTP/1.1 that waits for a request's head only so long.

    A body has its own time; a connection that idles between two requests has uvicorn's.
    """

    patience = 15.0
    """Seconds from the first byte of a head to its last."""
    _late: asyncio.TimerHandle | None = None
    _ended = False
    """Whether the client has said all that it will ever say."""

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

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer what was asked to its end; what stops in the middle is no request.

        Returns:
            Whether the connection stays open for an answer.
        """
        self._ended = True
        begun = self._waits_for_head() and self.conn.trailing_data[0]
        if begun or self.conn.their_state is h11.SEND_BODY:
            self.send_400_response("")
            return False
        return self._answering

    def on_response_complete(self) -> None:
        """Close behind the last answer to a client that will not ask again."""
        super().on_response_complete()
        if self._ended and not self._answering:
            self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, where an answer can still be read; then close.

        A request that breaks off is told on the server too; what never began to be
        one is not: whoever tries ports would fill its output.
        """
        del msg
        refusal = http_refusals.no_http()
        if self.conn.our_state is not h11.IDLE:
            sys.stderr.write(f"{refusal.message}\n")
        if self._answering:
            # Whoever carries out what came before the rubbish has nobody to answer.
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.conn.our_state in _ANSWERABLE:
            with suppress(h11.LocalProtocolError):
                self._answer(answers.refused(refusal))
        self.transport.close()

    def _answer(self, reply: Reply) -> None:
        body = reply.body.encode()
        headers = {
            **told(reply, RandomIds().new("req")),
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Connection": "close",
        }
        head = h11.Response(
            status_code=reply.status,
            headers=list(headers.items()),
            reason=HTTPStatus(reply.status).phrase,
        )
        for one in (head, h11.Data(data=body), h11.EndOfMessage()):
            self.transport.write(self.conn.send(one) or b"")

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting: nobody is there."""
        self._stop()
        super().connection_lost(exc)

    @property
    def _answering(self) -> bool:
        """Tell whether a request is under way; there was none at first."""
        cycle: RequestResponseCycle | None = self.cycle
        return cycle is not None and not cycle.response_complete

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
