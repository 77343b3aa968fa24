"""Posting: one event over the wire to one URL, within bounds, and what came back."""

import asyncio
import json
import socket
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import h11

from store.event import Event
from store.http.whole import whole
from store.shape.account import event_shape
from store.webhook.delivery import SAID, Heard
from store.webhook.endpoint import may_reach
from store.webhook.signing import HEADER, signature

_PORTS = {"http": 80, "https": 443}
_CHUNK = 4096


def payload(event: Event, pending: int = 0) -> bytes:
    """Return what is sent of an event: the object that the events endpoint returns."""
    return json.dumps(whole(event_shape(event, pending))).encode()


def headers(secret: str, body: bytes, at: int) -> dict[str, str]:
    """Return what is said beside an event, its signature first of all."""
    return {
        HEADER: signature(secret, body, at),
        "Content-Type": "application/json; charset=utf-8",
        "Accept": "*/*",
        "User-Agent": "refund-desk",
        "Cache-Control": "no-cache",
    }


@dataclass(slots=True)
class _Answer:
    """What has come back so far."""

    status: int | None = None
    body: bytes = b""

    def heard(self, why: str = "") -> Heard:
        """Return it; without a status, why there is none."""
        if self.status is None:
            return Heard(None, why)
        return Heard(self.status, self.body[: 4 * SAID].decode(errors="replace"))


async def post(
    url: str, body: bytes, told_beside: Mapping[str, str], patience: float
) -> Heard:
    """Send bytes to a URL; whatever happens, something is heard, and in time.

    Redirects are not followed: what was signed for one place is not for another.
    """
    answer = _Answer()
    try:
        async with asyncio.timeout(patience):
            await _exchange(urlsplit(url), body, told_beside, answer)
    except TimeoutError:
        return answer.heard(f"No answer within {patience:g} seconds.")
    except ssl.SSLError:
        return answer.heard("No trusted TLS connection could be made.")
    except ConnectionRefusedError:
        return answer.heard("The connection was refused.")
    except OSError as error:
        return answer.heard(error.strerror or "No connection could be made.")
    except h11.RemoteProtocolError:
        return answer.heard("What came back is no HTTP.")
    return answer.heard("Nothing came back.")


async def _exchange(
    url: SplitResult, body: bytes, told_beside: Mapping[str, str], answer: _Answer
) -> None:
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    known = {"Host": url.netloc, "Content-Length": str(len(body)), **told_beside}
    talk = h11.Connection(h11.CLIENT)
    async with _connected(url) as (reader, writer):
        sent = talk.send(
            h11.Request(
                method="POST",
                target=target,
                headers=[*known.items(), ("Connection", "close")],
            )
        )
        writer.write((sent or b"") + (talk.send(h11.Data(data=body)) or b""))
        talk.send(h11.EndOfMessage())
        await writer.drain()
        while len(answer.body) < SAID:
            match talk.next_event():
                case h11.NEED_DATA:
                    talk.receive_data(await reader.read(_CHUNK))
                case h11.Response(status_code=status):
                    answer.status = status
                case h11.Data(data=data):
                    answer.body += data
                case h11.InformationalResponse():
                    continue
                case _:
                    return


@asynccontextmanager
async def _connected(
    url: SplitResult,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Hold a connection to the first address that takes one."""
    host, port = url.hostname or "", url.port or _PORTS[url.scheme]
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    # The name was allowed; what it stands for may be an address that is not.
    addresses = [str(one[4][0]) for one in found if may_reach(str(one[4][0]))]
    if not addresses:
        raise OSError(0, "The name stands for an address that nothing is sent to.")
    trust = ssl.create_default_context() if url.scheme == "https" else None
    reader, writer = await _first(addresses, port, trust, host)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError, asyncio.CancelledError):
            await writer.wait_closed()


async def _first(
    addresses: list[str], port: int, trust: ssl.SSLContext | None, host: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    name = host if trust else None
    for address in addresses[:-1]:
        with suppress(OSError):
            return await asyncio.open_connection(
                address, port, ssl=trust, server_hostname=name
            )
    return await asyncio.open_connection(
        addresses[-1], port, ssl=trust, server_hostname=name
    )
