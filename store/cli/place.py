"""Place: where the store is, and whether it looks like one before it is opened."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

import store as door
from store.cli import say
from store.errors import NoStore, StoreUnusable
from store.visible import visible

if TYPE_CHECKING:
    from store import Store

_SCHEME = "sqlite:///"
_SERVER = ("postgres://", "postgresql")
_LONGEST_ANSWER = 100
_MAGIC = b"SQLite format 3\x00"


def url_of(given: str | None) -> str:
    """Return the URL of a store: a URL as it is, a path's, or the agent's own.

    Raises:
        StoreUnusable: The path has a character that a URL gives another meaning.
    """
    if given and "://" in given:
        return given
    path = Path(given) if given else _own()
    if "?" in str(path):
        raise StoreUnusable(f"The store {path} needs a name without a question mark.")
    return _SCHEME + str(path.expanduser().absolute())


def _own() -> Path:
    return user_data_path("refund-desk", appauthor=False) / "desk.db"


def open_at(url: str, read_only: str | None = None, *, create: bool = True) -> "Store":
    """Open a store and let the outside world act until now.

    With `read_only`, a sentence that says why, it is only looked at.

    Raises:
        StoreUnusable: It is no store, or cannot be opened; without `create`, there is
            none.
    """
    store = door.open_store(url, read_only=read_only, create=create)
    try:
        store.advance()
    except BaseException:
        store.close()
        raise
    return store


def open_there(url: str) -> "Store":
    """Open a store that must be there already, as `open_at` does.

    Raises:
        StoreUnusable: There is none, it is no store, or cannot be opened.
    """
    needed(url)
    return open_at(url, create=False)


@dataclass(slots=True)
class Made:
    """A store that was there, or was made; one that is not kept is taken away again."""

    store: "Store"
    kept: bool = True


@contextmanager
def made(
    given: str | None, open_: "Callable[[str], Store] | None" = None
) -> Iterator[Made]:
    """Hold a store, a new one where there is none; say so once it is of use.

    A new store whose use fails is not left behind.

    Raises:
        StoreUnusable: The folder is missing, it is no store, or cannot be opened.
    """
    url = url_of(given)
    new_at = _where_new(url)
    if new_at:
        _check_folder(given)
    kept = False
    try:
        with (open_ or open_at)(url) as store:
            yield (held := Made(store))
        kept = held.kept
    finally:
        if new_at and not kept:
            _take_away(url)
    if new_at and kept:
        say.problem(f"Made a new store at {new_at}.")


def _where_new(url: str) -> str | None:
    """Return the place at which there is no store yet; None where there is one."""
    if url.startswith(_SCHEME):
        return None if is_there(url) else str(_path(url))
    try:
        door.open_store(url, create=False).close()
    except NoStore as missing:
        return missing.place
    return None


def is_there(url: str) -> bool:
    """Tell whether a store's file is there; of a server nobody knows before asking."""
    return not url.startswith(_SCHEME) or _path(url).exists()


def _check_folder(given: str | None) -> None:
    """Refuse to make folders that nobody may have meant; the agent's own is made.

    Raises:
        StoreUnusable: The folder of the store that is named is missing.
    """
    if given is None or not url_of(given).startswith(_SCHEME):
        return
    folder = _path(url_of(given)).parent
    if not folder.is_dir():
        raise StoreUnusable(
            f"There is no folder {folder}: make it first, or name another store."
        )


def _take_away(url: str) -> None:
    """Leave nothing of a new store behind, unless somebody has put something there."""
    if not is_there(url) or not door.unmake(url) or not url.startswith(_SCHEME):
        return
    path = _path(url)
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def _path(url: str) -> Path:
    return Path(url.removeprefix(_SCHEME).partition("?")[0])


def may_be_made(given: str, missing: NoStore) -> None:
    """Ask on the terminal whether a new store is to be made where none is.

    Raises:
        StoreUnusable: It is not, or its folder is missing.
    """
    _check_folder(given)
    where = visible(missing.place)
    sys.stderr.write(f"There is no store at {where}. Make a new one? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline(_LONGEST_ANSWER).strip().lower() not in {"y", "yes"}:
        raise StoreUnusable("Nothing was made: name the store with --store.")


def needed(url: str) -> None:
    """Refuse a place where there is no store yet, instead of making one.

    Raises:
        StoreUnusable: There is no file.
    """
    if not is_there(url):
        raise NoStore(_path(url))


def check(url: str, read_only: str | None = None, *, create: bool = True) -> None:
    """Refuse what is clearly no store, without loading what opens one.

    Raises:
        StoreUnusable: It cannot be opened.
    """
    if not _looks_fine(url):
        open_at(url, read_only, create=create).close()


def _looks_fine(url: str) -> bool:
    """Tell whether it is a file of SQLite's, or a server that answers later."""
    if url.startswith(_SERVER):
        return True
    path = Path(url.removeprefix(_SCHEME))
    if not url.startswith(_SCHEME) or not path.is_file():
        return False
    try:
        with path.open("r+b") as file:
            return file.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False
