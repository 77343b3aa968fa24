"""Journal: changes that were asked for and whose answer may never have been seen.

Each console has a file of its own and holds it locked; a file that nobody holds is
what a console left that did not come to its end.
"""

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from store.bounded import MIB
from store.ids import RandomIds

_SUFFIX = ".journal"


@dataclass(frozen=True, slots=True)
class Asked:
    """A change that was asked for: under which key, what, by whom, when."""

    key: str
    what: str
    """Verb and object in words: `refund 42.00 USD of pi_1`."""
    actor: str
    at: datetime
    """By the store's clock, UTC."""


class Journal:
    """What this console asked for, on the disk before the store is asked.

    Without a folder, or where it cannot be written, only this session knows.
    """

    def __init__(self, folder: Path | None = None, store: str = "") -> None:
        self._folder = folder
        self._store = store
        self._open: dict[str, Asked] = {}
        self._answered: set[str] = set()
        self._lost: set[str] = set()
        self._file: int | None = None
        self._path: Path | None = None
        self._left: list[tuple[int, Path]] = []
        self._lock = threading.Lock()

    @property
    def has_answered(self) -> bool:
        """Tell whether an answer was told that may not have been read yet."""
        return bool(self._answered)

    def write(self, asked: Asked) -> None:
        """Note a change durably; to be called before the store is asked for it."""
        with self._lock:
            self._open[asked.key] = asked
            self._append({"asked": _as_json(asked)})

    def answered(self, key: str) -> None:
        """Note that the console told what became of a change."""
        with self._lock:
            self._lost.discard(key)
            if key in self._open:
                self._answered.add(key)

    def lose(self, key: str) -> None:
        """Note that a change got no answer, and that asking again got none either."""
        with self._lock:
            self._lost.add(key)

    def read(self) -> None:
        """Strike out what was answered: the agent is there and has seen it."""
        with self._lock:
            for key in self._answered:
                self._open.pop(key, None)
                self._append({"read": key}, durably=False)
            self._answered.clear()
            if not self._open and self._file is not None:
                with suppress(OSError):
                    os.ftruncate(self._file, 0)

    def lost(self) -> tuple[Asked, ...]:
        """Return what this console asked for and got no answer to."""
        with self._lock:
            return tuple(one for key, one in self._open.items() if key in self._lost)

    def left(self) -> tuple[Asked, ...]:
        """Return what consoles that are gone left unconfirmed, oldest first."""
        found: dict[str, Asked] = {}
        with self._lock, suppress(OSError):
            for path in (
                sorted(self._folder.glob(f"{_mark_of(self._store)}-*{_SUFFIX}"))
                if self._folder
                else ()
            ):
                if path != self._path and (held := _take(path)) is not None:
                    self._left.append((held, path))
            for _, path in self._left:
                found |= _read(path)
        return tuple(sorted(found.values(), key=lambda one: one.at))

    def settle(self) -> None:
        """Forget what was left: the agent was told what became of it."""
        with self._lock:
            for held, path in self._left:
                with suppress(OSError):
                    path.unlink()
                os.close(held)
            self._left.clear()

    def close(self) -> None:
        """Let go; a file with nothing unconfirmed in it goes too."""
        with self._lock:
            for held, _ in self._left:
                os.close(held)
            self._left.clear()
            if self._file is None or self._path is None:
                return
            with suppress(OSError):
                if not self._open:
                    self._path.unlink()
            os.close(self._file)
            self._file = None

    def _append(self, line: dict[str, object], *, durably: bool = True) -> None:
        if self._folder is None:
            return
        with suppress(OSError):
            if self._file is None:
                self._begin(self._folder)
            if self._file is not None:
                os.write(self._file, json.dumps(line).encode() + b"\n")
                if durably:
                    os.fsync(self._file)

    def _begin(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{_mark_of(self._store)}-{RandomIds().new('console')}"
        begun = folder / f"{name}.begun"
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_APPEND
        self._file = os.open(begun, flags, 0o600)
        _hold(self._file)  # before it has a name by which others look for it
        self._path = begun.rename(folder / f"{name}{_SUFFIX}")
        _keep_name(folder)


def _mark_of(store: str) -> str:
    """Return a short mark of a store's place, whoever logs in there."""
    from hashlib import sha256
    from urllib.parse import urlsplit

    place = urlsplit(store)
    where = f"{place.scheme}://{place.hostname}:{place.port}{place.path}?{place.query}"
    return sha256(where.encode()).hexdigest()[:16]


def _as_json(asked: Asked) -> dict[str, str]:
    return {**asdict(asked), "at": asked.at.astimezone(UTC).isoformat()}


def _read(path: Path) -> dict[str, Asked]:
    """Return what a file leaves open; a torn last line was never asked."""
    found: dict[str, Asked] = {}
    for line in _lines(path):
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            told = json.loads(line)
            if "read" in told:
                found.pop(told["read"], None)
            else:
                asked = Asked(**told["asked"])
                at = datetime.fromisoformat(str(asked.at))
                found[asked.key] = replace(asked, at=at)
    return found


def _lines(path: Path) -> Iterator[str]:
    with suppress(OSError):
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace") as file:
                yield from iter(lambda: file.readline(MIB), "")


def _take(path: Path) -> int | None:
    """Open a file that no console holds, and hold it; None where one does."""
    with suppress(OSError):
        file = os.open(path, os.O_RDWR)
        if _hold(file):
            return file
        os.close(file)
    return None


def _hold(file: int) -> bool:
    """Lock an open file for as long as it is open; tell whether that worked."""
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True  # such a system has one console for each agent
    except OSError:
        return False
    return True


def _keep_name(folder: Path) -> None:
    """Make the name of a new file durable too."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
