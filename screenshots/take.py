"""Take every picture anew: python screenshots/take.py [NAME…], then look at them."""

import asyncio
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from scenes import BY_NAME  # noqa: E402 - the path must be known first


async def main(names: list[str]) -> None:
    """Write one SVG a scene; drop pictures of scenes that are gone."""
    for name in names or BY_NAME:
        path = HERE / f"{name}.svg"
        picture = await BY_NAME[name].picture()
        changed = not path.exists() or path.read_text(encoding="utf-8") != picture
        path.write_text(picture, encoding="utf-8", newline="\n")
        print("new  " if changed else "same ", path.name)
    for path in HERE.glob("*.svg"):
        if path.stem not in BY_NAME:
            path.unlink()
            print("gone ", path.name)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
