"""Memory: the file in which the console keeps what was chosen in it, and only that."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from store.bounded import MIB, read_own
from store.lists.page import Sort
from store.search.filters import Tab
from tui.settings import Reading, Settings, View, read_sort, written

_MOST_REMEMBERED = 200
"""How many lines of each history are kept."""
_MOST_BYTES = 4 * MIB


class Memory:
    """The present settings; each choice is in the file before the next key.

    Without a file, choices last as long as the console. A file that cannot be read or
    written loses choices, never the console.
    """

    def __init__(
        self, configured: Settings | None = None, file: Path | None = None
    ) -> None:
        self._configured = configured or Settings()
        self._file = file
        self.settings = self._recalled()
        """What holds now: what was chosen last, else what was written down."""

    def choose(self, settings: Settings) -> None:
        """Let these settings hold from now on, and keep what is new in them."""
        before, self.settings = self.settings, settings
        kept = self._kept()
        for name, (shaped, _) in _SHAPES.items():
            if getattr(settings, name) != getattr(before, name):
                kept[name] = {
                    "chosen": shaped(getattr(settings, name)),
                    "instead_of": shaped(getattr(self._configured, name)),
                }
        self._keep(kept)

    def _recalled(self) -> Settings:
        """Return the settings; a choice ends when what it replaced is written anew."""
        found: dict[str, Any] = {}
        for name, entry in self._kept().items():
            with suppress(KeyError, TypeError, ValueError, AttributeError):
                shaped, read = _SHAPES[name]
                if entry["instead_of"] == shaped(getattr(self._configured, name)):
                    found[name] = read(entry["chosen"])
        return replace(self._configured, **found)

    def _kept(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            if self._file:
                read = json.loads(read_own(self._file, _MOST_BYTES))
                return read if isinstance(read, dict) else {}
        return {}

    def _keep(self, kept: Mapping[str, Any]) -> None:
        if self._file is None:
            return
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # mkstemp makes files for their owner alone.
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=".choices-")
            try:
                with os.fdopen(handle, "w", encoding="utf-8") as file:
                    json.dump(kept, file, indent=1)
                Path(name).replace(self._file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value


def _texts(value: Iterable[object]) -> tuple[str, ...]:
    return tuple(text for one in value if (text := _text(one)) is not None)


def _listed(texts: tuple[str, ...]) -> list[str]:
    return list(texts)


def _latest(texts: tuple[str, ...]) -> list[str]:
    return list(texts[-_MOST_REMEMBERED:])


def _shaped_views(views: tuple[View, ...]) -> list[dict[str, Any]]:
    return [
        {**asdict(view), "sort": written(view.sort), "columns": list(view.columns)}
        for view in views
    ]


def _views(value: Iterable[Mapping[str, Any]]) -> tuple[View, ...]:
    return tuple(
        View(
            str(one["name"]),
            str(one["filter"]),
            read_sort(one["sort"]),
            _texts(one["columns"]),
            Tab(one["tab"]),
        )
        for one in value
    )


def _read_sort(value: Any) -> Sort:
    return read_sort(value)


_SHAPES: Mapping[str, tuple[Callable[[Any], object], Callable[[Any], object]]] = {
    "theme": (_text, _text),
    "zone": (_text, _text),
    "reading": (str, Reading),
    "columns": (_listed, _texts),
    "sort": (written, _read_sort),
    "filter": (str, str),
    "tab": (str, Tab),
    "views": (_shaped_views, _views),
    "filters": (_latest, _texts),
    "commands": (_latest, _texts),
}
"""For each setting that can be chosen: how it is written as JSON, how it is read."""
