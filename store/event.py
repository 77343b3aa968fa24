"""Events: what happened to an object, by whom, and what it was before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Face(StrEnum):
    """Through which door a request came."""

    CONSOLE = "console"
    CLI = "cli"
    API = "api"
    BANK = "bank"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and through which face; written on every event."""

    name: str
    face: Face = Face.CONSOLE
    request: str | None = None
    """The id of the request by which it acts, where it has one of its own."""


BANK = Actor("bank", Face.BANK)
"""The outside world: issuers, banks, processors."""


OWN_PREFIX = "desk."
"""How the types of events begin that the API does not have: notes, follow-ups."""
OWN = frozenset(("payment_intent.updated",))
"""Types besides those that the API does not have either."""


def is_own(type_: str) -> bool:
    """Tell whether the API has no events of this type, so that it must not show one."""
    return type_.startswith(OWN_PREFIX) or type_ in OWN


@dataclass(frozen=True, slots=True)
class Event:
    """One change, as the API tells it; `seq` is the order in which it was written."""

    seq: int
    id: str
    type: str
    object_id: str
    created: datetime
    actor: str
    data: Mapping[str, object]
    previous: Mapping[str, object] = field(default_factory=dict)
    payment: str | None = None
    request: str | None = None
    key: str | None = None
