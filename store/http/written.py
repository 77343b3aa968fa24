"""Written: objects as the JSON that answers carry, each written once for many lists."""

import json
from collections.abc import Iterable
from functools import lru_cache

from store.http.fetching import shown
from store.shape.objects import Json

KEPT = 1024
"""So many objects are kept beside what was written of them."""


class _Same:
    """An object that is the same as itself alone; what is frozen stays as written."""

    __slots__ = ("one",)

    def __init__(self, one: object) -> None:
        self.one = one

    def __hash__(self) -> int:
        return id(self.one)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.one is other.one


def _text(one: object) -> str:
    return json.dumps(shown(one))


@lru_cache(maxsize=KEPT)
def _kept(same: _Same) -> str:
    return _text(same.one)


def listed(objects: Iterable[object], around: Json) -> str:
    """Return a list as JSON: what stands `around` it has no `data` yet."""
    data = [
        _text(one) if isinstance(one, dict) else _kept(_Same(one)) for one in objects
    ]
    return f'{json.dumps(around)[:-1]}, "data": [{", ".join(data)}]}}'
