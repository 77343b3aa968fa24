"""Account shape: balance, customers, events and lists as Stripe's API writes them."""

from collections.abc import Sequence

from store.clock import to_unix
from store.event import Event
from store.extra import shown
from store.money import Money
from store.outcome import Movement
from store.payment import Customer
from store.shape.objects import Json

API_VERSION = "2026-10-28"


def balance_shape(funds: Sequence[tuple[Money, Money]]) -> Json:
    """Return the balance: what each currency has available, and what is pending."""
    return {
        "object": "balance",
        "available": [_fund(available) for available, _ in funds],
        "livemode": False,
        "pending": [_fund(pending) for _, pending in funds],
    }


def _fund(money: Money) -> Json:
    return {"amount": money.amount, "currency": money.currency}


def movement_shape(movement: Movement) -> Json:
    """Return a balance transaction as the API does."""
    rate = movement.exchange_rate
    return {
        "fee_details": _fee_details(movement),
        **movement.extra,
        "id": movement.id,
        "object": "balance_transaction",
        "amount": movement.money.amount,
        "available_on": to_unix(movement.available_on),
        "created": to_unix(movement.created),
        "currency": movement.money.currency,
        "description": movement.description,
        "exchange_rate": float(rate) if rate else None,
        "fee": movement.fee,
        "net": movement.net,
        "reporting_category": movement.reporting_category,
        "source": movement.source,
        "status": movement.status,
        "type": movement.type,
    }


def _fee_details(movement: Movement) -> list[Json]:
    if not movement.fee:
        return []
    return [
        {
            "amount": movement.fee,
            "application": None,
            "currency": movement.money.currency,
            "description": "Stripe processing fees",
            "type": "stripe_fee",
        }
    ]


def customer_shape(customer: Customer) -> Json:
    """Return a customer as the API does."""
    return {
        **shown(customer.extra),
        "id": customer.id,
        "object": "customer",
        "created": to_unix(customer.created) if customer.created else None,
        "email": customer.email,
        "livemode": False,
        "metadata": dict(customer.metadata),
        "name": customer.name,
    }


def event_shape(event: Event, pending: int = 0) -> Json:
    """Return an event as the API does; who acted is the store's own knowledge.

    It is `pending` at so many endpoints that have not taken it yet.
    """
    data: Json = {"object": dict(event.data)}
    if event.previous:
        data["previous_attributes"] = dict(event.previous)
    return {
        "id": event.id,
        "object": "event",
        "api_version": API_VERSION,
        "created": to_unix(event.created),
        "data": data,
        "livemode": False,
        "pending_webhooks": pending,
        "request": {"id": event.request, "idempotency_key": event.key},
        "type": event.type,
    }


def list_shape(data: Sequence[Json], url: str, *, has_more: bool) -> Json:
    """Return a list as the API does."""
    return {"object": "list", "data": list(data), "has_more": has_more, "url": url}
