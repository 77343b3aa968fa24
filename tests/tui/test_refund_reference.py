"""The bank reference on the screen of a refund: one sentence for each state."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from at_work import at_work, said
from failing import fail

from conftest import MONDAY, Funds, Import, Later, Pay
from store.event import Actor
from tui.screens.refund import RefundScreen

if TYPE_CHECKING:
    from store import Store


@pytest.fixture(autouse=True)
def funded(funds: Funds) -> None:
    """The balance covers whatever is refunded."""
    funds()


async def card(store: Store, mia: Actor, refund: str) -> str:
    """Return what the screen says of the reference, and copy what there is."""
    async with at_work(store, mia, RefundScreen(refund), (60, 20)) as desk:
        await desk.press("y")
        told = said(desk, "#card")
        copied = desk.app.clipboard
    number = store.refunds.retrieve(refund).destination
    assert copied == (number.reference if number and number.reference else refund)
    return told


def imported(at: datetime, **card: str) -> dict[str, object]:
    """Return a card refund as an export holds it."""
    return {
        "id": "re_old",
        "object": "refund",
        "amount": 500,
        "currency": "usd",
        "charge": None,
        "payment_intent": "pi_old",
        "created": int(at.timestamp()),
        "status": "succeeded",
        "destination_details": {"type": "card", "card": {"type": "refund", **card}},
    }


async def test_pending_then_available(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """Until when it is expected; then the number, since when, and the key for it."""
    payment = pay()
    later()
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund.id
    told = await card(store, mia, refund)
    assert "pending, expected by 11 Mar" in told
    assert "The bank has not given the reference yet." in told
    assert "available" not in told
    later(timedelta(days=14))
    number = store.refunds.retrieve(refund).destination
    assert number is not None
    told = await card(store, mia, refund)
    assert "ARN (acquirer_reference_number) · available since" in told
    assert f"{number.reference}   y copies it" in told
    assert "The bank can trace the refund by this ARN." in told


async def test_late_is_not_unavailable(store: Store, mia: Actor, bring: Import) -> None:
    """What should have come says so, with the day; nothing says it never will."""
    sent = MONDAY - timedelta(days=30)
    bring(imported(sent, reference_status="pending"))
    told = await card(store, mia, "re_old")
    assert "late, was expected by 10 Feb" in told
    assert "The reference is late: it should have come by now." in told
    assert "unavailable" not in told


async def test_unavailable_is_final(store: Store, mia: Actor, bring: Import) -> None:
    """Where the bank gives none, nobody waits for one."""
    bring(imported(MONDAY, reference_status="unavailable"))
    told = await card(store, mia, "re_old")
    assert "unavailable" in told
    assert "The bank gives no reference for this refund." in told
    assert "expected" not in told


async def test_a_reversal_is_no_refund(store: Store, mia: Actor, pay: Pay) -> None:
    """The charge drops off: there is no ARN, now or later."""
    payment = pay()
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund.id
    told = await card(store, mia, refund)
    assert "reversal" in told
    assert "so there is no separate credit and no ARN." in " ".join(told.split())


async def test_what_came_back_waits_for_nothing(
    store: Store, mia: Actor, pay: Pay, later: Later
) -> None:
    """A refund that failed before its reference came says that none will."""
    _, refund = fail(store, pay, later)
    told = await card(store, mia, refund.id)
    assert "none will come" in told
    assert "The refund came back, so the bank gives no reference for it." in told
