"""What is no request: a 400 where an answer can be read, and one line on the server."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from serving import Served, serve

SAID = "Invalid HTTP request received."
_BEGINNING = ("Serving at ", "Made a new store ")
_KEY = b"Host: localhost\r\nAuthorization: Bearer sk_x\r\n"
_GET = b"GET /v1/balance HTTP/1.1\r\n" + _KEY
_POST = b"POST /v1/customers HTTP/1.1\r\n" + _KEY
_CHUNKED = _POST + b"Transfer-Encoding: chunked\r\n\r\n"
MALFORMED = {
    "chunk size that is none": _CHUNKED + b"zz\r\nabc\r\n0\r\n\r\n",
    "chunk longer than said": _CHUNKED + b"3\r\nabcdef\r\n0\r\n\r\n",
    "second chunk broken": _CHUNKED + b"3\r\nabc\r\nXX\r\n\r\n",
    "chunk too large to be": _CHUNKED + b"f" * 24 + b"\r\nabc",
    "trailer that is none": _CHUNKED + b"3\r\na=b\r\n0\r\nBad Trailer\r\n\r\n",
    "chunks without a key": b"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "chunks on a read": _GET + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    "length below nothing": _POST + b"Content-Length: -1\r\n\r\nabc",
    "length in letters": _POST + b"Content-Length: abc\r\n\r\nabc",
    "two lengths": _POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
    "another encoding": _POST + b"Transfer-Encoding: gzip\r\n\r\nabc",
    "space in a header's name": _GET + b"Bad Header: x\r\n\r\n",
    "header without a colon": _GET + b"Bad\r\n\r\n",
    "NUL in a header": _GET + b"X: a\x00b\r\n\r\n",
    "line without an end": b"GET /" + b"a" * 100_000,
    "two hosts": _GET + b"Host: a\r\n\r\n",
    "no host": b"GET /v1/balance HTTP/1.1\r\n\r\n",
    "HTTP/0.9": b"GET /v1/balance\r\n\r\n",
    "TLS": bytes.fromhex("16030100f0010000ec0303") + b"\x00" * 200,
    "bytes in the target": b"GET /v1/\xff\xfe HTTP/1.1\r\n" + _KEY + b"\r\n",
}
REFUSED = {
    "length and chunks": _POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked"
    b"\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
    "HTTP/9.9": b"GET /v1/balance HTTP/9.9\r\n" + _KEY + b"\r\n",
}
TRUNCATED = {
    "body": _POST + b"Content-Length: 100\r\n\r\nabc",
    "chunk": _CHUNKED + b"30\r\nabc",
    "head": _GET,
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def exchanged(served: Served, raw: bytes, *, ends: bool = False) -> bytes:
    """Send bytes, and end there if so said; return all that comes back."""
    with socket.create_connection(("127.0.0.1", served.port), 30) as wire:
        wire.sendall(raw)
        if ends:
            wire.shutdown(socket.SHUT_WR)
        back = b""
        while more := wire.recv(65_536):
            back += more
        return back


def read(back: bytes) -> tuple[int, dict[str, str], dict[str, object]]:
    """Return status, headers and error of the last answer in what came back."""
    last = back[back.rindex(b"HTTP/1.1 ") :]
    head, _, body = last.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in map(_parted, lines)}
    return int(first.split()[1]), headers, json.loads(body)["error"]


def _parted(line: str) -> tuple[str, str, str]:
    return line.partition(": ")


def lines(served: Served) -> list[str]:
    """Return what the server has printed but for where it serves, and from what."""
    printed = served.printed.read_text().splitlines()
    return [one for one in printed if not one.startswith(_BEGINNING)]


@pytest.mark.parametrize("raw", MALFORMED.values(), ids=MALFORMED)
@pytest.mark.parametrize("ends", [False, True], ids=["stays", "ends"])
def test_what_is_no_request(served: Served, raw: bytes, ends: bool) -> None:  # noqa: FBT001
    """Is answered as every refusal and closed; a begun one is told in one line."""
    before = len(lines(served))
    status, headers, error = read(exchanged(served, raw, ends=ends))
    assert (status, error["message"]) == (400, SAID)
    assert error["type"] == "invalid_request_error"
    assert headers["content-type"] == "application/json"
    assert headers["request-id"].startswith("req_")
    assert headers["connection"] == "close"
    begun = b"Transfer-Encoding: chunked" in raw
    assert lines(served)[before:] == [SAID] * begun


@pytest.mark.parametrize("raw", TRUNCATED.values(), ids=TRUNCATED)
def test_what_stops_in_the_middle(served: Served, raw: bytes) -> None:
    """Whoever says that nothing follows can still read why it was nothing."""
    before = len(lines(served))
    status, _, error = read(exchanged(served, raw, ends=True))
    assert (status, error["message"]) == (400, SAID)
    assert lines(served)[before:] == [SAID] * (b"\r\n\r\n" in raw)


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_can_be_read_in_two_ways(served: Served, raw: bytes) -> None:
    """A request whose end is told twice, or in a version that there is not."""
    status, _, error = read(exchanged(served, raw, ends=True))
    assert (status, error["message"]) == (400, SAID)


def test_rubbish_behind_a_request_does_not_take_its_answer(served: Served) -> None:
    """The request is answered, then the rubbish is."""
    before = len(lines(served))
    back = exchanged(served, _GET + b"\r\n\x00\x01rubbish\r\n\r\n")
    assert back.startswith(b"HTTP/1.1 200")
    assert read(back)[0] == 400
    assert lines(served)[before:] == []


def test_rubbish_behind_an_early_answer(served: Served) -> None:
    """Who was refused before the body came is not answered again."""
    begun = b"POST /v1/customers HTTP/1.1\r\nHost: localhost\r\n"
    before = len(lines(served))
    with socket.create_connection(("127.0.0.1", served.port), 30) as wire:
        wire.sendall(begun + b"Transfer-Encoding: chunked\r\n\r\n")
        back = wire.recv(65_536)
        wire.sendall(b"zz\r\n")
        while more := wire.recv(65_536):
            back += more
    assert back.startswith(b"HTTP/1.1 401")
    assert back.count(b"HTTP/1.1 ") == 1
    assert lines(served)[before:] == [SAID]


def test_who_only_listens_on_is_answered(served: Served) -> None:
    """A client that has said all that it will say gets its answer."""
    assert exchanged(served, _GET + b"\r\n", ends=True).startswith(b"HTTP/1.1 200")


def test_who_is_gone_is_not_told_of(served: Served) -> None:
    """A connection that is reset in the middle leaves nothing on the server."""
    before = len(lines(served))
    for raw in (_GET + b"\r\n", _POST + b"Content-Length: 9\r\n\r\na", b"", _GET):
        wire = socket.create_connection(("127.0.0.1", served.port), 30)
        wire.sendall(raw)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        wire.close()
    assert exchanged(served, _GET + b"\r\n", ends=True).startswith(b"HTTP/1.1 200")
    assert lines(served)[before:] == []


@pytest.mark.parametrize("target", [b"*", b"http://localhost/v1/balance", b"x:443"])
def test_other_targets_are_unknown(served: Served, target: bytes) -> None:
    """They are refused as every unknown URL, in the same shape."""
    raw = b"OPTIONS " + target + b" HTTP/1.1\r\n" + _KEY + b"\r\n"
    status, _, error = read(exchanged(served, raw, ends=True))
    said = f"Unrecognized request URL (OPTIONS: {target.decode()})."
    assert (status, error["message"]) == (404, said)


def test_a_head_has_its_limit_however_it_arrives(tmp_path: Path) -> None:
    """Also in one piece, which no part of was ever incomplete."""
    with serve(tmp_path) as served:
        raw = _GET + b"X: " + b"a" * 100_000 + b"\r\n\r\n"
        status, _, error = read(exchanged(served, raw, ends=True))
    assert status in {400, 413}
    assert error["type"] == "invalid_request_error"
