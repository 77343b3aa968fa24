"""Left open: a connection that nobody closed is told of, on every Python.

From 3.13 on Python itself warns of one that is collected; until then this does.
"""

import sqlite3
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

_TELLS_BY_ITSELF = (3, 13)


class _Telling(sqlite3.Connection):
    _is_closed = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._is_closed = False

    def close(self) -> None:
        super().close()
        self._is_closed = True

    def __del__(self) -> None:
        if not self._is_closed:
            told = f"unclosed database in {self!r}"
            warnings.warn(told, ResourceWarning, stacklevel=1, source=self)


def _connect(*args: Any, **kwargs: Any) -> sqlite3.Connection:
    made: sqlite3.Connection = _CONNECT(*args, **{"factory": _Telling, **kwargs})
    return made


_CONNECT = sqlite3.connect


@contextmanager
def told() -> Iterator[None]:
    """Let every connection say so when it is collected and was not closed."""
    if sys.version_info >= _TELLS_BY_ITSELF:
        yield
        return
    with (
        mock.patch("sqlite3.connect", _connect),
        mock.patch("sqlite3.dbapi2.connect", _connect),
    ):
        yield
