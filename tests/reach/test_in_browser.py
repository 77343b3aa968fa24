"""In a browser: the same console, its keys, and nobody else's page."""

from __future__ import annotations

import asyncio
import re
import socket
import sys
import time
from pathlib import Path
from unittest import mock

import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from browser import ABSENT, chromium, page_at
from on_pty import PATIENCE
from store.cli.options import Mistyped, Typed
from store.cli.web import HOST, serve_demo
from web_demo import served


def demos(folder: Path) -> list[Path]:
    """Return the folders of demos that are open."""
    return list(folder.glob("refund-desk-*"))


def emptied(folder: Path) -> bool:
    """Wait until no demo is open any more; tell whether that came."""
    end = time.monotonic() + PATIENCE
    while demos(folder) and time.monotonic() < end:
        time.sleep(0.05)
    return not demos(folder)


async def test_the_demo_runs_in_a_browser(tmp_path: Path) -> None:
    """The payments are drawn in a real page, and a key pressed there is answered."""
    if not chromium():
        pytest.skip(ABSENT)
    with served("--actor", "mia", TMPDIR=str(tmp_path)) as url:
        async with page_at(url, tmp_path / "profile") as page:
            assert await page.seen(b"DEMO")
            assert await page.seen(b"Jane Doe")
            before = len(page.received)
            picture = await page.picture()
            assert picture.startswith(b"\x89PNG")
            await page.press("?")
            assert await page.seen(b"enter runs", before)
            assert await page.picture() != picture
            assert demos(tmp_path)
        assert await asyncio.to_thread(emptied, tmp_path)


async def test_another_sites_page_presses_no_keys(tmp_path: Path) -> None:
    """Only the page that the server itself gave may open a console."""
    with served(TMPDIR=str(tmp_path)) as url:
        assert url.startswith(f"http://{HOST}:")
        socket = url.replace("http", "ws") + "/ws"
        async with ClientSession() as http:
            for origin in ("https://evil.example", "null"):
                with pytest.raises(WSServerHandshakeError) as refused:
                    await http.ws_connect(socket, origin=origin)
                assert refused.value.status == 403
            async with http.ws_connect(socket, origin=url) as opened:
                assert not opened.closed


async def test_the_page_takes_nothing_from_other_machines(tmp_path: Path) -> None:
    """Where there is no other network, and for nobody to watch, it is the same."""
    addresses = re.compile(r"\b(?:https?|wss?)://[^/\"]+")
    with served(TMPDIR=str(tmp_path)) as url:
        async with ClientSession() as http, http.get(url) as answer:
            page = await answer.text()
    ours = url.removeprefix("http")
    assert set(addresses.findall(page)) == {f"http{ours}", f"ws{ours}"}


def test_a_port_that_is_taken_is_one_sentence() -> None:
    """It names the option that helps."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        one.listen()
        port = one.getsockname()[1]
        with pytest.raises(Mistyped) as said:
            serve_demo(Typed(port=port))
    assert str(said.value) == f"Port {port} is taken: give another one with --port."


def test_without_what_serves_it_one_sentence_says_so() -> None:
    """The extra that is missing is named."""
    with (
        mock.patch.dict(sys.modules, {"textual_serve.server": None}),
        pytest.raises(Mistyped) as said,
    ):
        serve_demo(Typed())
    assert 'pip install "refund-desk[web]"' in str(said.value)
