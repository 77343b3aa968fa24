"""Which bank reference a refund gets, when, and what the customer is told."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    ReferenceType,
    business_days_after,
    card_reference_type,
    expected_by,
    what_it_means,
)


@pytest.mark.parametrize(
    ("brand", "kind"),
    [
        ("visa", ReferenceType.ARN),
        ("mastercard", ReferenceType.ARN),
        (None, ReferenceType.ARN),
        ("amex", ReferenceType.RRN),
        ("discover", ReferenceType.RRN),
        ("jcb", ReferenceType.STAN),
        ("unionpay", ReferenceType.STAN),
    ],
)
def test_networks_give_their_own_number(brand: str | None, kind: ReferenceType) -> None:
    """Visa and Mastercard give an ARN, other networks another number."""
    assert card_reference_type(brand, reversal=False) is kind


@given(st.none() | st.sampled_from(["visa", "mastercard", "amex", "jcb"]) | st.text())
def test_a_reversal_never_has_an_arn(brand: str | None) -> None:
    """Whatever the network, a dropped charge is traced by its STAN."""
    assert card_reference_type(brand, reversal=True) is ReferenceType.STAN


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-08", 1, "2026-03-09"),
        ("2026-03-02", 7, "2026-03-11"),
        ("2026-03-05", 2, "2026-03-09"),
        ("2026-03-02", 0, "2026-03-02"),
    ],
)
def test_business_days_skip_the_weekend(start: str, days: int, end: str) -> None:
    """Saturdays and Sundays do not count."""
    begun = datetime.fromisoformat(start).replace(tzinfo=UTC)
    ended = datetime.fromisoformat(end).replace(tzinfo=UTC)
    assert business_days_after(begun, days) == ended


SOME_DAY = datetime(2024, 1, 1, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(days=5_000)), st.integers(1, 60))
def test_business_days_end_on_a_weekday(since: timedelta, days: int) -> None:
    """The end is a weekday at the same time of day, seven days for every five."""
    start = SOME_DAY + since
    end = business_days_after(start, days)
    assert end.weekday() < 5
    assert end.time() == start.time()
    weekends = 2 * (days // 5) + 2
    assert timedelta(days=days) <= end - start <= timedelta(days=days + weekends)


def test_a_reference_is_expected_within_seven_business_days() -> None:
    """A refund sent on a Monday should have its number by Wednesday of next week."""
    sent = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert expected_by(sent) == datetime(2026, 3, 11, 9, tzinfo=UTC)


def _card(
    status: ReferenceStatus | None, kind: ReferenceType | None = ReferenceType.ARN
) -> Destination:
    return Destination("card", DestinationKind.REFUND, "7" * 23, status, kind)


REVERSAL = Destination("card", DestinationKind.REVERSAL, status=ReferenceStatus.PENDING)
SHOWN = "the charge drops off the statement"
DROPPED = f"This is a reversal: {SHOWN}, so there is no separate credit and no ARN."


@pytest.mark.parametrize(
    ("destination", "late", "said"),
    [
        (None, False, "This refund carries no bank reference."),
        (Destination("alipay"), False, "This refund carries no bank reference."),
        (REVERSAL, True, DROPPED),
        (
            _card(ReferenceStatus.AVAILABLE),
            False,
            "The bank can trace the refund by this ARN.",
        ),
        (
            _card(ReferenceStatus.AVAILABLE, ReferenceType.RRN),
            True,
            "The bank can trace the refund by this RRN.",
        ),
        (
            Destination("p24", reference="x", status=ReferenceStatus.AVAILABLE),
            False,
            "The bank can trace the refund by this reference.",
        ),
        (
            _card(ReferenceStatus.UNAVAILABLE),
            True,
            "The bank gives no reference for this refund.",
        ),
        (
            _card(ReferenceStatus.PENDING),
            False,
            "The bank has not given the reference yet.",
        ),
        (
            _card(ReferenceStatus.PENDING),
            True,
            "The reference is late: it should have come by now.",
        ),
    ],
)
def test_what_the_customer_is_told(
    destination: Destination | None, said: str, *, late: bool
) -> None:
    """Every state of a reference has one sentence, and a reversal promises no ARN."""
    assert what_it_means(destination, shown=SHOWN, late=late) == said


def test_what_has_not_gone_out_has_no_reference_yet() -> None:
    """The customer is not told that there will be none."""
    said = "The refund has not gone out yet: a reference comes after that."
    assert what_it_means(None, shown=SHOWN, sent=False) == said


def test_a_refund_that_came_back_waits_for_no_reference() -> None:
    """Neither pending nor late: the money is back, so nothing is left to trace."""
    waits = Destination("card", status=ReferenceStatus.PENDING)
    said = what_it_means(waits, shown=SHOWN, late=True, live=False)
    assert said == "The refund came back, so the bank gives no reference for it."
