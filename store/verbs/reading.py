"""Reading: objects by id and lists of them, the same for every noun."""

from typing import TypeVar

from store import refusals
from store.errors import Refused
from store.lists.window import Listed, Window
from store.sql import lists
from store.sql.engine import Database

T = TypeVar("T")
OWNERS = {
    "customer": ("cus_",),
    "charge": ("ch_", "py_"),
    "payment_intent": ("pi_",),
    "destination": ("acct_",),
}
"""How ids begin of what lists are narrowed by."""


def retrieve(
    database: Database, kind: lists.Kind[T], given: str, param: str = "id"
) -> T:
    """Return an object by id.

    Raises:
        Refused: There is none (`resource_missing`, naming the API's `param`).
    """
    with database.read() as connection:
        found = lists.find(connection, kind, given)
    if found is None:
        raise Refused(refusals.no_such(kind.name, given, param))
    return found


def check_owners(**equal: str | None) -> None:
    """Refuse to narrow a list to what can be no object of the kind.

    Raises:
        Refused: An id is of another kind.
    """
    for param, given in equal.items():
        begins = OWNERS.get(param)
        if given and begins and not given.startswith(begins):
            raise Refused(refusals.no_such(param, given, param))


def page(
    database: Database, kind: lists.Kind[T], window: Window, /, **equal: str | None
) -> Listed[T]:
    """Return a page of a list, narrowed to columns `equal` to what is given.

    Raises:
        Refused: The window is none, its cursor is unknown, or what is given can be
            no object of the kind that is asked for.
    """
    check_owners(**equal)
    with database.read() as connection:
        return lists.listed(connection, kind, window, **equal)
