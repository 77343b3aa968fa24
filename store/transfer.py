"""Transfers and application fees as objects, and what was pulled back of them."""

from dataclasses import dataclass
from datetime import datetime

from store.connect import Pulled
from store.payment import Charge


@dataclass(frozen=True, slots=True)
class Transfer:
    """The part of a charge that a connected account got."""

    id: str
    charge: Charge
    reversed: int
    """What was pulled back of it, in minor units."""


@dataclass(frozen=True, slots=True)
class ApplicationFee:
    """The part of a charge that the platform kept."""

    id: str
    charge: Charge
    refunded: int
    """What was given back of it, in minor units."""


@dataclass(frozen=True, slots=True)
class PulledBack:
    """A transfer reversal or an application fee refund, with what moved for it."""

    pulled: Pulled
    created: datetime
    movement: str | None = None
    """Its balance transaction."""

    @property
    def id(self) -> str:
        """Return its own id."""
        return self.pulled.id
