"""The heart of the rules: how a refund begins, moves on and may be called back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from store import refusals
from store.method import Method
from store.money import Money
from store.reference import Destination, DestinationKind
from store.refund import (
    CANCEL_WINDOW,
    TRANSITIONS,
    FirstState,
    PendingReason,
    Refund,
    RefundStatus,
    first_state,
    why_not_cancel,
    why_not_cancel_by_api,
)

SENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CARD = Method("card", "visa", "4242")
SEPA = Method("sepa_debit")
REFUND = Refund("re_1", Money(500, "usd"), RefundStatus.SUCCEEDED, SENT, "ch_1")
PENDING, NEEDS_CUSTOMER, SUCCEEDED, FAILED, CANCELED = (
    RefundStatus.PENDING,
    RefundStatus.REQUIRES_ACTION,
    RefundStatus.SUCCEEDED,
    RefundStatus.FAILED,
    RefundStatus.CANCELED,
)
LEGAL = {
    PENDING: {SUCCEEDED, FAILED, CANCELED, NEEDS_CUSTOMER},
    NEEDS_CUSTOMER: {PENDING, FAILED, CANCELED},
    SUCCEEDED: {FAILED, CANCELED},
    FAILED: set[RefundStatus](),
    CANCELED: set[RefundStatus](),
}


@pytest.mark.parametrize(("src", "dst"), list(product(RefundStatus, RefundStatus)))
def test_every_pair_of_states(src: RefundStatus, dst: RefundStatus) -> None:
    """A refund moves only where the rules say; failed and canceled are the end."""
    assert ((src, dst) in TRANSITIONS) is (dst in LEGAL[src])


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("card", FirstState(SUCCEEDED, kind=DestinationKind.REFUND)),
        ("paypal", FirstState(SUCCEEDED)),
        ("sepa_debit", FirstState(PENDING, PendingReason.PROCESSING)),
        ("us_bank_account", FirstState(PENDING, PendingReason.PROCESSING)),
        ("customer_balance", FirstState(NEEDS_CUSTOMER)),
        ("konbini", FirstState(NEEDS_CUSTOMER)),
    ],
)
def test_begins_by_its_method(kind: str, state: FirstState) -> None:
    """A covered refund goes out at once, by a bank, or once the customer answers."""
    begun = first_state(
        Method(kind), covered=True, starts_pending=False, reversal=False
    )
    assert begun == state


def test_a_card_refund_waits_for_funds() -> None:
    """A card refund that the balance does not cover waits, and has no reference yet."""
    begun = first_state(CARD, covered=False, starts_pending=False, reversal=True)
    assert begun == FirstState(
        PENDING, PendingReason.INSUFFICIENT_FUNDS, DestinationKind.PENDING
    )


@pytest.mark.parametrize("kind", ["paypal", "sepa_debit", "customer_balance"])
def test_other_methods_do_not_wait_for_funds(kind: str) -> None:
    """Where the balance is short, a refund to anything but a card is refused."""
    begun = first_state(
        Method(kind), covered=False, starts_pending=False, reversal=False
    )
    assert begun == refusals.insufficient_balance()


@pytest.mark.parametrize("kind", ["oxxo", "boleto"])
def test_some_methods_cannot_be_refunded(kind: str) -> None:
    """Vouchers are refused even when the balance covers them."""
    begun = first_state(
        Method(kind), covered=True, starts_pending=False, reversal=False
    )
    assert begun == refusals.method_without_refunds(kind)


def test_a_fresh_card_charge_is_reversed() -> None:
    """Before the charge has settled with the bank it is dropped, not credited."""
    begun = first_state(CARD, covered=True, starts_pending=False, reversal=True)
    assert begun == FirstState(SUCCEEDED, kind=DestinationKind.REVERSAL)


def test_only_card_charges_are_reversed() -> None:
    """A direct method is paid back even within the reversal window."""
    begun = first_state(
        Method("paypal"), covered=True, starts_pending=False, reversal=True
    )
    assert begun == FirstState(SUCCEEDED)


def test_a_slow_card_starts_pending() -> None:
    """A bank that takes its time leaves the refund processing."""
    begun = first_state(CARD, covered=True, starts_pending=True, reversal=False)
    assert begun == FirstState(
        PENDING, PendingReason.PROCESSING, DestinationKind.REFUND
    )


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        (timedelta(0), None),
        (CANCEL_WINDOW, None),
        (
            CANCEL_WINDOW + timedelta(seconds=1),
            "Sent more than 30 minutes ago: it is at the bank.",
        ),
    ],
)
def test_the_console_cancels_within_the_window(
    after: timedelta, sentence: str | None
) -> None:
    """A card refund can be called back for half an hour, its last second included."""
    said = why_not_cancel(REFUND, CARD, SENT + after)
    assert (said and said.message) == sentence


@pytest.mark.parametrize(
    "waiting", [PendingReason.INSUFFICIENT_FUNDS, PendingReason.CHARGE_PENDING]
)
@pytest.mark.parametrize("method", [CARD, SEPA])
def test_a_refund_that_has_not_left_can_always_be_canceled(
    waiting: PendingReason, method: Method
) -> None:
    """While no money has moved there is no window and no method that forbids it."""
    refund = replace(REFUND, status=PENDING, pending_reason=waiting)
    assert why_not_cancel(refund, method, SENT + timedelta(days=40)) is None


def test_a_refund_that_asks_the_customer_can_be_canceled() -> None:
    """Until the customer answers, console and API may cancel."""
    refund = replace(REFUND, status=NEEDS_CUSTOMER)
    assert why_not_cancel(refund, Method("konbini"), SENT + timedelta(days=40)) is None
    assert why_not_cancel_by_api(refund) is None


@pytest.mark.parametrize(
    ("refund", "method", "sentence"),
    [
        (
            replace(REFUND, status=FAILED),
            CARD,
            "The refund is failed already: nothing is left to cancel.",
        ),
        (
            replace(REFUND, status=CANCELED),
            CARD,
            "The refund is canceled already: nothing is left to cancel.",
        ),
        (
            replace(REFUND, destination=Destination("card", DestinationKind.REVERSAL)),
            CARD,
            "It went out as a reversal: the bank has taken it off the charge already.",
        ),
        (
            REFUND,
            SEPA,
            "Refunds to sepa_debit cannot be canceled once they are sent.",
        ),
        (
            replace(REFUND, status=PENDING, pending_reason=PendingReason.PROCESSING),
            SEPA,
            "Refunds to sepa_debit cannot be canceled once they are sent.",
        ),
    ],
)
def test_why_the_console_cannot_cancel(
    refund: Refund, method: Method, sentence: str
) -> None:
    """Ended, reversed and bank refunds name why they cannot be called back."""
    said = why_not_cancel(refund, method, SENT)
    assert said is not None
    assert said.message == sentence


@pytest.mark.parametrize("status", [PENDING, SUCCEEDED, FAILED, CANCELED])
def test_the_api_cancels_only_what_asks_the_customer(status: RefundStatus) -> None:
    """Every other state is refused with the API's own words."""
    said = why_not_cancel_by_api(replace(REFUND, status=status))
    assert said is not None
    assert said.message == "Canceling this refund is unsupported."


@pytest.mark.parametrize(
    ("status", "waiting", "live", "held", "moved"),
    [
        (SUCCEEDED, None, True, False, True),
        (PENDING, PendingReason.PROCESSING, True, False, True),
        (PENDING, PendingReason.INSUFFICIENT_FUNDS, True, True, False),
        (PENDING, PendingReason.CHARGE_PENDING, True, False, False),
        (NEEDS_CUSTOMER, None, True, False, True),
        (FAILED, None, False, False, False),
        (CANCELED, None, False, False, False),
    ],
)
def test_what_counts_and_what_has_moved(
    status: RefundStatus,
    waiting: PendingReason | None,
    *,
    live: bool,
    held: bool,
    moved: bool,
) -> None:
    """Refunds in flight count against the charge; held ones have moved no money."""
    refund = replace(REFUND, status=status, pending_reason=waiting)
    assert (refund.is_live, refund.is_held, refund.has_moved_money) == (
        live,
        held,
        moved,
    )


def test_a_converted_refund_takes_the_settlement_currency() -> None:
    """The balance pays in the currency that the charge settled in."""
    euros = Money(430, "eur")
    assert replace(REFUND, settlement=euros).takes == euros
    assert REFUND.takes == Money(500, "usd")
