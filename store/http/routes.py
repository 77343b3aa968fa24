"""Routes: what an endpoint is, what it is called with, and which one a URL means."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from store.event import Actor
from store.http.takes import EXPAND, Takes

if TYPE_CHECKING:
    from store import Store

READ = "GET"
_HOLE = re.compile(r"\{(\w+)\}")
_SHOWN = {
    ("", "application_fees"): "application_fee",
    ("application_fees", "refunds"): "fee_refund",
    ("", "balance_transactions"): "balance_transaction",
    ("balance", "history"): "balance_transaction",
    ("", "charges"): "charge",
    ("charges", "dispute"): "dispute",
    ("charges", "refund"): "charge",
    ("", "customers"): "customer",
    ("", "cash_balance"): "cash_balance",
    ("", "fund_cash_balance"): "customer_cash_balance_transaction",
    ("", "disputes"): "dispute",
    ("", "events"): "event",
    ("", "payment_intents"): "payment_intent",
    ("", "payment_methods"): "payment_method",
    ("", "refunds"): "refund",
    ("", "reviews"): "review",
    ("", "topups"): "topup",
    ("", "transfers"): "transfer",
    ("transfers", "reversals"): "transfer_reversal",
    ("", "webhook_endpoints"): "webhook_endpoint",
    ("", "balance"): "balance",
    ("", "advance"): "test_helpers.advance",
}
"""By the part of a path, in paths that begin with a noun or in any, what it shows."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read: what is asked of the store, by whom, under which key."""

    store: "Store"
    path: str
    ids: Mapping[str, str]
    given: Mapping[str, Any]
    actor: Actor
    key: str | None = None
    account: str | None = None
    """The connected account in whose name it is asked."""

    @property
    def id(self) -> str:
        """Return the id that the URL names first."""
        return next(iter(self.ids.values()))

    @property
    def asks(self) -> dict[str, Any]:
        """Return what every verb that writes takes."""
        return {"actor": self.actor, "key": self.key}


Verb = Callable[[Call], object]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A method and a path, what may be given, and the verb that answers."""

    method: str
    path: str
    verb: Verb
    takes: tuple[Takes, ...] = ()
    direct: bool = False
    """Whether it is one transaction, and its answer what the verb returns."""
    quick: bool = False
    """Whether it reads a few rows that an index finds."""
    _shape: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        shape = "[^/]+".join(map(re.escape, _HOLE.split(self.path)[::2]))
        for name in _HOLE.findall(self.path):
            shape = shape.replace("[^/]+", f"(?P<{name}>[^/]*?[^/])", 1)
        object.__setattr__(self, "_shape", re.compile(shape))

    @property
    def writes(self) -> bool:
        """Tell whether it may change something."""
        return self.method != READ

    @property
    def known(self) -> tuple[Takes, ...]:
        """Return every parameter that it takes; everything can be expanded."""
        return (*self.takes, EXPAND)

    @property
    def shows(self) -> str:
        """Return the name of the object that it answers with, one or a list of them."""
        parts = self.path.split("/")
        within = parts[2]
        for part in reversed(parts):
            if shown := _SHOWN.get((within, part), _SHOWN.get(("", part))):
                return shown
        return ""

    def ids(self, path: str) -> dict[str, str] | None:
        """Return the ids that a path names, or None when it is another's."""
        found = self._shape.fullmatch(path)
        return found.groupdict() if found else None


class Routes:
    """Every endpoint; one that is named in full goes before one with an id."""

    def __init__(self, endpoints: Iterable[Endpoint]) -> None:
        self.endpoints = tuple(endpoints)
        self._by_size: dict[tuple[str, int], list[Endpoint]] = {}
        for one in sorted(self.endpoints, key=lambda one: one.path.count("{")):
            size = one.method, one.path.count("/")
            self._by_size.setdefault(size, []).append(one)

    def find(self, method: str, path: str) -> tuple[Endpoint, dict[str, str]] | None:
        """Return the endpoint that a request means, and the ids in its path."""
        for one in self._by_size.get((method, path.count("/")), ()):
            ids = one.ids(path)
            if ids is not None:
                return one, ids
        return None
