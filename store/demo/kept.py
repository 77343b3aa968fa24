"""Kept: the demo's world is lived through once, and copied for every demo after."""

import hashlib
import shutil
import tempfile
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import store as door

if TYPE_CHECKING:
    from store import Store

_SCHEME = "sqlite:///"
_MOST_KEPT = 3
"""How many worlds are kept, of other seeds and versions besides."""


def kept_at(cache: Path, seed: str) -> Path:
    """Return where the world of a seed is kept, as this very code would make it."""
    source = Path(door.__file__).parent
    digest = hashlib.blake2b(repr((version("refund-desk"), seed)).encode())
    for path in sorted(source.rglob("*.py")):
        seen = path.stat()
        digest.update(f"{path} {seen.st_size} {seen.st_mtime_ns}\n".encode())
    return cache / f"demo-{digest.hexdigest()[:24]}.db"


def put_copy(file: Path, kept: Path) -> bool:
    """Copy a world that is kept to where a demo is to be; tell whether there is one."""
    try:
        shutil.copyfile(kept, file)
    except OSError:
        return False
    file.chmod(0o600)
    return True


def keep(kept: Path, seed: str) -> None:
    """Live through a world and keep it, in place of the oldest.

    Raises:
        OSError: There is no room for it.
        StoreError: Same.
    """
    kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix=".making-") as folder:
        made = Path(folder) / "demo.db"
        _live(made, seed)
        made.replace(kept)
    worlds = sorted(kept.parent.glob("demo-*.db"), key=lambda one: one.stat().st_mtime)
    for oldest in worlds[:-_MOST_KEPT]:
        oldest.unlink(missing_ok=True)


def _open(file: Path, seed: str, read_only: str | None) -> "Store":
    from store.clock import StandingClock  # noqa: PLC0415 - after the first frame
    from store.demo.story import NOW  # noqa: PLC0415 - same
    from store.ids import SeededIds  # noqa: PLC0415 - same

    return door.open_store(
        f"{_SCHEME}{file}",
        clock=StandingClock(NOW),
        ids=SeededIds(f"{seed} afterwards"),
        mode=door.Mode.DEMO,
        read_only=read_only,
    )


def open_demo_at(
    file: Path, kept: Path, seed: str, read_only: str | None = None
) -> "Store":
    """Open a demo of one's own, its clock standing where the story ends.

    The file is a copy already, or becomes one; where nothing can be kept, it is made.

    Raises:
        StoreError: It cannot be written.
    """
    if not file.exists():
        with suppress(OSError):
            keep(kept, seed)
        if not put_copy(file, kept):
            _live(file, seed)
    return _open(file, seed, read_only)


def _live(file: Path, seed: str) -> None:
    from store.demo.world import open_demo  # noqa: PLC0415 - heavy, and once only

    open_demo(f"{_SCHEME}{file}", seed).close()
    file.chmod(0o600)
