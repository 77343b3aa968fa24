"""Take every picture anew: python screenshots/take.py [NAME…], then look at them.

The film of the five tasks is one of them: its name is walk.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parent / "tests")]

from film import NAME, film  # noqa: E402 - the path must be known first
from gallery import SCENES, SITTINGS  # noqa: E402 - same

from virtual_time import VirtualTimeLoop  # noqa: E402 - same

AT_ONCE = os.cpu_count() or 1
"""So many sittings at a time."""


def main(names: list[str]) -> None:
    """Write one SVG a scene; drop pictures of scenes that are gone."""
    places = [
        place
        for place, sitting in enumerate(SITTINGS)
        if not names or any(scene.name in names for scene in sitting.scenes)
    ]
    with ProcessPoolExecutor(AT_ONCE, get_context("spawn")) as pool:
        filmed = pool.submit(_film) if not names or NAME in names else None
        for pictures in pool.map(_sit, places):
            for name, picture in pictures.items():
                keep(name, picture)
        if filmed:
            keep(NAME, filmed.result())
    known = {NAME, *(scene.name for scene in SCENES)}
    for path in HERE.glob("*.svg"):
        if path.stem not in known:
            path.unlink()
            print("gone ", path.name)


def _sit(place: int) -> Mapping[str, str]:
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(SITTINGS[place].pictures())


def _film() -> str:
    with asyncio.Runner(loop_factory=VirtualTimeLoop) as runner:
        return runner.run(film())


def keep(name: str, picture: str) -> None:
    """Write a picture down, and say whether it is another than before."""
    path = HERE / f"{name}.svg"
    changed = not path.exists() or path.read_text(encoding="utf-8") != picture
    path.write_text(picture, encoding="utf-8", newline="\n")
    print("new  " if changed else "same ", path.name)


if __name__ == "__main__":
    main(sys.argv[1:])
