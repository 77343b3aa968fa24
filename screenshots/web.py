"""Take the picture of the demo in a browser: python screenshots/web.py."""

import asyncio
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from browser import page_at  # noqa: E402 - the path must be known first
from web_demo import served  # noqa: E402 - same

SIZE = (1152, 720)
NAMED = "import platform; platform.node = lambda: 'support-1'"
"""What the console calls the machine, whichever takes the picture."""


async def main() -> None:
    """Write web.png."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as made:
        folder = Path(made)
        (folder / "sitecustomize.py").write_text(NAMED)
        there = {"TMPDIR": made, "PYTHONPATH": f"{made}:{HERE.parent}"}
        with served("--actor", "mia", "--zone", "UTC", **there) as url:
            picture = await _taken(url, folder / "profile")
    (HERE / "web.png").write_bytes(picture)
    print("new   web.png")


async def _taken(url: str, profile: Path) -> bytes:
    async with page_at(url, profile, SIZE) as page:
        if not await page.seen(b"BREAKDOWN"):
            sys.exit("the console did not come up")
        return await page.picture()


if __name__ == "__main__":
    asyncio.run(main())
