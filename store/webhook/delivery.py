"""Delivery: an event on its way to an endpoint, tried again until it is given up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from store.event import Event
from store.visible import visible
from store.webhook.endpoint import Endpoint

SAID = 200
"""So many characters of what an endpoint answered are kept, made visible."""
_SUCCESS = range(200, 300)


class DeliveryState(StrEnum):
    """Where an event stands on its way to an endpoint."""

    BEHIND = "behind"
    """An earlier event about the same object has not ended yet."""
    WAITING = "waiting"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"


OPEN = (DeliveryState.BEHIND, DeliveryState.WAITING)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long an answer is waited for, and when an event is sent again."""

    patience: float
    """Seconds in which an endpoint must have answered."""
    lost_after: timedelta
    """How long nothing need be heard of a delivery until it counts as lost."""
    first: timedelta
    longest: timedelta
    tries: int

    def pause(self, attempts: int) -> timedelta | None:
        """Return how long to wait after so many attempts; None gives it up.

        The pause doubles with every attempt, up to the longest.
        """
        if attempts >= self.tries:
            return None
        pause = self.first
        for _ in range(attempts - 1):
            pause = min(self.longest, pause * 2)
        return pause


REAL = Pace(
    patience=10,
    lost_after=timedelta(seconds=30),
    first=timedelta(seconds=10),
    longest=timedelta(hours=4),
    tries=16,
)
"""For about a day."""
QUICK = Pace(
    patience=4,
    lost_after=timedelta(seconds=5),
    first=timedelta(seconds=1),
    longest=timedelta(seconds=2),
    tries=4,
)
"""For a program's own tests, which wait for it."""
PACES = {"real": REAL, "quick": QUICK}


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back: a status, or nothing, and the first words of it."""

    status: int | None
    said: str = ""

    @property
    def is_success(self) -> bool:
        """Tell whether the endpoint took the event; a redirect is no success."""
        return self.status in _SUCCESS


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event and an endpoint; those about one object go one after another."""

    endpoint: str
    event: str
    event_seq: int
    object_id: str
    state: DeliveryState
    due: datetime
    """When it is sent, once nothing is before it; under way, when it counts as lost."""
    attempts: int = 0
    status: int | None = None
    said: str | None = None
    ended: datetime | None = None

    def claimed(self, now: datetime, pace: Pace) -> "Delivery":
        """Return it under way: nobody else sends it, unless it is lost."""
        return replace(self, attempts=self.attempts + 1, due=now + pace.lost_after)

    def after(self, heard: Heard, now: datetime, pace: Pace) -> "Delivery":
        """Return what an answer makes of it."""
        said = visible(heard.said, SAID) or None
        told = replace(self, status=heard.status, said=said)
        if heard.is_success:
            return replace(told, state=DeliveryState.DELIVERED, ended=now)
        pause = pace.pause(self.attempts)
        if pause is None:
            return replace(told, state=DeliveryState.GIVEN_UP, ended=now)
        return replace(told, due=now + pause)

    def given_up(self, now: datetime) -> "Delivery":
        """Return it given up without another attempt."""
        return replace(self, state=DeliveryState.GIVEN_UP, ended=now)

    @property
    def has_ended(self) -> bool:
        """Tell whether the next event about its object may go."""
        return self.state not in OPEN


@dataclass(frozen=True, slots=True)
class Parcel:
    """An event that is to be sent to an endpoint now."""

    endpoint: Endpoint
    delivery: Delivery
    event: Event
    pending: int
    """How many endpoints it is still on its way to, this one among them."""
