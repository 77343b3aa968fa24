"""Place: where the store is, and whether it looks like one before it is opened."""

from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_data_path

import store as door
from store.errors import StoreUnusable

if TYPE_CHECKING:
    from store import Store

_SCHEME = "sqlite:///"
_SERVER = ("postgres://", "postgresql")
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


def open_at(url: str, read_only: str | None = None) -> "Store":
    """Open a store and let the outside world act until now.

    With `read_only`, a sentence that says why, it is only looked at.

    Raises:
        StoreUnusable: It is no store, or cannot be opened.
    """
    store = door.open_store(url, read_only=read_only)
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
    return open_at(url)


def needed(url: str) -> None:
    """Refuse a place where there is no store yet, instead of making one.

    Raises:
        StoreUnusable: There is no file.
    """
    path = Path(url.removeprefix(_SCHEME).partition("?")[0])
    if url.startswith(_SCHEME) and not path.exists():
        raise StoreUnusable(f"There is no store at {path}: name one, or import first.")


def check(url: str, read_only: str | None = None) -> None:
    """Refuse what is clearly no store, without loading what opens one.

    Raises:
        StoreUnusable: It cannot be opened.
    """
    if not _looks_fine(url):
        open_at(url, read_only).close()


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
