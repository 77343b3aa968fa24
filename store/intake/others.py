"""Customers, disputes, balance transactions and events of Stripe's JSON."""

from collections.abc import Mapping
from enum import StrEnum

from store.dispute import Dispute
from store.event import Event
from store.intake.fields import KEPT, LARGEST, Fields, Wrong
from store.outcome import Movement
from store.payment import Customer
from store.review import Closed, Opened, Review

BY_API = "api"
BY_STRIPE = "stripe"
"""Who acted, as an imported event tells it: a request, or Stripe by itself."""


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    WARNING_NEEDS_RESPONSE = "warning_needs_response"
    WARNING_UNDER_REVIEW = "warning_under_review"
    WARNING_CLOSED = "warning_closed"
    NEEDS_RESPONSE = "needs_response"
    UNDER_REVIEW = "under_review"
    PREVENTED = "prevented"
    WON = "won"
    LOST = "lost"


class MovementStatus(StrEnum):
    """Whether the money of a balance transaction can be used."""

    PENDING = "pending"
    AVAILABLE = "available"


def customer_of(fields: Fields) -> Customer:
    """Return the customer that a JSON object describes."""
    return Customer(
        id=fields.need_id(),
        name=fields.text("name"),
        email=fields.text("email"),
        created=fields.time("created"),
        metadata=fields.metadata(),
        imported=True,
        extra=fields.rest(),
    )


def dispute_of(fields: Fields) -> Dispute:
    """Return the dispute that a JSON object describes."""
    status = fields.choice("status", DisputeStatus)
    if status is None:
        raise Wrong('"status" must be there.')
    return Dispute(
        id=fields.need_id(),
        money=fields.money(),
        status=status.value,
        created=fields.need_time("created"),
        charge=fields.ref("charge"),
        payment_intent=fields.ref("payment_intent"),
        reason=fields.text("reason"),
        is_charge_refundable=fields.flag("is_charge_refundable", default=False),
        imported=True,
        metadata=fields.metadata(),
        extra=fields.rest(),
    )


def movement_of(fields: Fields) -> Movement:
    """Return the balance transaction that a JSON object describes."""
    money = fields.money(least=-LARGEST)
    fee = fields.number("fee", 0, least=-LARGEST)
    created = fields.need_time("created")
    return Movement(
        id=fields.need_id(),
        type=fields.text("type") or "adjustment",
        money=money,
        fee=fee,
        net=fields.number("net", money.amount - fee, least=-LARGEST),
        created=created,
        available_on=fields.time("available_on") or created,
        status=fields.choice("status", MovementStatus) or MovementStatus.AVAILABLE,
        source=fields.ref("source"),
        description=fields.text("description"),
        reporting_category=fields.text("reporting_category"),
        exchange_rate=fields.decimal("exchange_rate"),
        extra=fields.rest(),
    )


def review_of(fields: Fields) -> Review:
    """Return the review that a JSON object describes.

    Old versions say how it ended by its reason alone.
    """
    closed = fields.choice("closed_reason", Closed)
    reason = fields.text("reason")
    is_open = fields.flag("open", default=closed is None)
    if not is_open and closed is None:
        known = [one for one in Closed if one == reason]
        closed = known[0] if known else Closed.APPROVED
    return Review(
        id=fields.need_id(),
        created=fields.need_time("created"),
        charge=fields.ref("charge"),
        payment_intent=fields.ref("payment_intent"),
        opened=fields.choice("opened_reason", Opened) or Opened.RULE,
        closed=None if is_open else closed,
        imported=True,
        extra=fields.rest(),
    )


def event_of(fields: Fields) -> Event | None:
    """Return the event that a JSON object describes; None when of no kept object."""
    given = fields.need_id()
    kind = fields.text("type")
    created = fields.need_time("created")
    data = fields.inner("data")
    told, before = data.mapping("object"), data.mapping("previous_attributes")
    if kind is None or told is None:
        raise Wrong("the event does not say what happened to what.")
    kept = told.get("object") in tuple(KEPT)
    about = told.get("id")
    if not kept or not isinstance(about, str):
        return None
    request, key = _request(fields)
    return Event(
        seq=0,
        id=given,
        type=kind,
        object_id=about,
        created=created,
        actor=BY_API if request else BY_STRIPE,
        data=told,
        previous=before or {},
        payment=payment_of(told),
        request=request,
        key=key,
    )


def _request(fields: Fields) -> tuple[str | None, str | None]:
    """Return the request and its key; old versions give the request's id alone."""
    request = fields.mapping("request")
    if request is None:
        return fields.ref("request"), None
    inner = Fields(request, "request.")
    return inner.text("id"), inner.text("idempotency_key")


def payment_of(told: Mapping[str, object]) -> str | None:
    """Return the id of the payment that an object belongs to, as far as it says."""
    kind = told.get("object")
    names = {"payment_intent": ("id",), "charge": ("payment_intent", "id")}
    fields = Fields(told)
    for name in names.get(str(kind), ("payment_intent", "charge")):
        if kind != "customer" and (found := fields.ref(name)):
            return found
    return None
