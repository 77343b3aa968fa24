"""A real browser without a window, and what a page's sockets bring it."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

ABSENT = "no Chromium to test with"
_PATIENCE = 60
_MOST_PICTURES = 60
_TOLD = b"DevTools listening on "
"""What the browser says before the address at which it is to be asked."""
_QUIETLY = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-port=0",
)


@cache
def chromium() -> str | None:
    """Return the browser's command, or None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Page:
    """One page: what its sockets received, how it looks, keys pressed in it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._came = asyncio.Event()
        self.session: str | None = None
        self.received = b""

    async def listen(self) -> None:
        """Take in what the browser tells, until it is gone."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            told = message.json()
            if (number := told.get("id")) in self._answers:
                self._answers.pop(number).set_result(told)
            elif told.get("method") == "Network.webSocketFrameReceived":
                frame = told["params"]["response"]
                data = frame["payloadData"].encode()
                binary = frame["opcode"] != 1
                self.received += base64.b64decode(data) if binary else data
                self._came.set()

    async def ask(self, method: str, **params: object) -> dict[str, Any]:
        """Ask the browser something; return its answer."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        asked = {"id": number, "method": method, "params": params}
        if self.session:
            asked["sessionId"] = self.session
        await self._socket.send_json(asked)
        told = await asyncio.wait_for(answer, _PATIENCE)
        assert "error" not in told, told
        result: dict[str, Any] = told["result"]
        return result

    async def seen(self, words: bytes, after: int = 0) -> bool:
        """Wait until a socket brought some words; tell whether one did."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while words not in self.received[after:]:
                    self._came.clear()
                    await self._came.wait()
        return words in self.received[after:]

    async def press(self, key: str) -> None:
        """Press a key that types a letter."""
        for kind in ("keyDown", "keyUp"):
            await self.ask("Input.dispatchKeyEvent", type=kind, text=key, key=key)

    async def picture(self) -> bytes:
        """Return the page as PNG once it stands still."""
        before = b""
        for _ in range(_MOST_PICTURES):
            taken = await self.ask("Page.captureScreenshot", format="png")
            now = base64.b64decode(taken["data"])
            if now == before:
                break
            before = now
            await asyncio.sleep(0.5)
        return before


@asynccontextmanager
async def page_at(
    url: str, profile: Path, size: tuple[int, int] = (1280, 800)
) -> AsyncIterator[Page]:
    """Open a page in a browser of its own."""
    command = chromium()
    assert command
    browser = await asyncio.create_subprocess_exec(
        command,
        *_QUIETLY,
        f"--user-data-dir={profile}",
        f"--window-size={size[0]},{size[1]}",
        "about:blank",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    assert browser.stderr
    try:
        where = await asyncio.wait_for(_where(browser.stderr), _PATIENCE)
        hearing = asyncio.create_task(browser.stderr.read())
        async with (
            ClientSession() as http,
            http.ws_connect(where, max_msg_size=0) as ws,
        ):
            page = Page(ws)
            listening = asyncio.create_task(page.listen())
            made = await page.ask("Target.createTarget", url="about:blank")
            attached = await page.ask(
                "Target.attachToTarget", targetId=made["targetId"], flatten=True
            )
            page.session = attached["sessionId"]
            await page.ask("Network.enable")
            await page.ask("Page.enable")
            await page.ask("Page.navigate", url=url)
            yield page
            listening.cancel()
        hearing.cancel()
    finally:
        browser.kill()
        await browser.wait()


async def _where(told: asyncio.StreamReader) -> str:
    while line := await told.readline():
        if line.startswith(_TOLD):
            return line.removeprefix(_TOLD).decode().strip()
    raise AssertionError("the browser ended before it could be asked")
