"""Letters say what is so, in every state of a refund, and nothing that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADA, MONDAY
from store.mail.letter import (
    FIELDS,
    Situation,
    address,
    compose,
    day,
    own_template,
    situation,
    why_not_letter,
)
from store.mail.receipt import Letter, render
from store.mail.template import WrongTemplate, fill, read_template
from store.method import Method
from store.money import Money
from store.outcome import RefundDetail
from store.payment import Charge, ChargeStatus, Payment
from store.reference import Destination, DestinationKind, ReferenceStatus, ReferenceType
from store.refund import FailureReason, PendingReason, Refund, RefundStatus
from store.statement import shown_of

EVIL = "[/x]\x1b]52;c;AA\x07\u202e{reference}\nSubject: hi"
ARN = "74537604221222132710364"
WHOLE = Refund("re_1", Money(5000, "usd"), RefundStatus.SUCCEEDED, MONDAY, "ch_1")


def paid(refund: Refund, method: Method | None = None, name: str = "Ada") -> Payment:
    """Return the payment of a refund."""
    charge = Charge(
        id="ch_1",
        money=Money(5000, refund.money.currency),
        status=ChargeStatus.SUCCEEDED,
        created=MONDAY - timedelta(days=3),
        method=method or Method("card", "visa", "4242"),
        amount_captured=5000,
        amount_refunded=refund.money.amount,
    )
    customer = replace(ADA, name=name)
    return Payment("pi_1", None, charge, customer, refunds=(refund,))


def told(refund: Refund = WHOLE, **changes: object) -> RefundDetail:
    """Return a refund with its payment; `changes` are the refund's."""
    refund = replace(refund, **changes)  # type: ignore[arg-type]
    pending = refund.destination and refund.destination.status == "pending"
    by = refund.created + timedelta(days=9) if pending else None
    return RefundDetail(refund, paid(refund), (), (), None, by)


def at(status: ReferenceStatus | None, number: str | None = None) -> Destination:
    """Return a card's destination with a reference in that state."""
    kind = ReferenceType.ARN if number else None
    return Destination("card", DestinationKind.REFUND, number, status, kind)


DROPPED = Destination("card", DestinationKind.REVERSAL)
PART = Money(3000, "usd")
STATES = {
    Situation.SENT: told(),
    Situation.PARTIAL: told(money=PART, destination=at(ReferenceStatus.PENDING)),
    Situation.REFERENCE_AVAILABLE: told(
        money=PART, destination=at(ReferenceStatus.AVAILABLE, ARN)
    ),
    Situation.REFERENCE_PENDING: told(destination=at(ReferenceStatus.PENDING)),
    Situation.REFERENCE_LATE: told(
        created=MONDAY - timedelta(days=20), destination=at(ReferenceStatus.PENDING)
    ),
    Situation.REFERENCE_UNAVAILABLE: told(destination=at(ReferenceStatus.UNAVAILABLE)),
    Situation.REVERSAL: told(destination=DROPPED),
    Situation.PARTIAL_REVERSAL: told(money=PART, destination=DROPPED),
    Situation.AT_BANK: told(
        status=RefundStatus.PENDING, pending_reason=PendingReason.PROCESSING
    ),
    Situation.HELD: told(
        status=RefundStatus.PENDING, pending_reason=PendingReason.INSUFFICIENT_FUNDS
    ),
    Situation.CHARGE_PENDING: told(
        status=RefundStatus.PENDING, pending_reason=PendingReason.CHARGE_PENDING
    ),
    Situation.NEEDS_DETAILS: told(
        status=RefundStatus.REQUIRES_ACTION, instructions_email="ada@example.com"
    ),
    Situation.FAILED: told(
        status=RefundStatus.FAILED, failure_reason=FailureReason.DECLINED
    ),
    Situation.CANCELED: told(status=RefundStatus.CANCELED),
}
SAYS = {
    Situation.SENT: ("We sent it on 2 March 2026", "your payment of 50.00 USD in full"),
    Situation.PARTIAL: ("30.00 USD of your payment of 50.00 USD", "The other 20.00"),
    Situation.REFERENCE_AVAILABLE: (f"ARN: {ARN}", "can trace the refund by this ARN"),
    Situation.REFERENCE_PENDING: ("has not given the reference", "by 11 March 2026"),
    Situation.REFERENCE_LATE: ("The reference is late", "We expected it by"),
    Situation.REFERENCE_UNAVAILABLE: ("gives no reference", "ask your bank"),
    Situation.REVERSAL: ("drops off the statement", "no ARN"),
    Situation.PARTIAL_REVERSAL: ("shows 30.00 USD less", "The other 20.00"),
    Situation.AT_BANK: ("Your bank is working on it",),
    Situation.HELD: ("is being prepared", "It has not been sent yet"),
    Situation.CHARGE_PENDING: ("has not completed the payment itself",),
    Situation.NEEDS_DETAILS: ("enter your bank details", "ada@example.com"),
    Situation.FAILED: ("could not be delivered", "Your bank declined it."),
    Situation.CANCELED: ("was canceled",),
}


def written(of: Situation, detail: RefundDetail | None = None) -> tuple[str, str]:
    """Return subject and body of a letter, one space where a line was broken."""
    subject, body = compose(detail or STATES[of], own_template(of), MONDAY, UTC)
    return subject, body.replace("\n", " ")


@pytest.mark.parametrize("of", Situation)
def test_each_state_has_its_letter(of: Situation) -> None:
    """The state leads to the letter, which says what is so, with nothing left open."""
    assert situation(STATES[of], MONDAY) is of
    subject, body = written(of)
    assert str(STATES[of].refund.money) in subject
    assert "27 February 2026" in body
    for words in SAYS[of]:
        assert words in body
    assert "Hello Ada," in body
    assert "your Visa card ending in 4242" in body
    assert not {"{", "}"} & {*subject, *body}


@pytest.mark.parametrize(
    "of",
    [
        *(Situation.HELD, Situation.CHARGE_PENDING, Situation.FAILED),
        *(Situation.CANCELED, Situation.NEEDS_DETAILS, Situation.AT_BANK),
    ],
)
def test_money_that_has_not_arrived_is_never_called_refunded(of: Situation) -> None:
    """Held money is held; no such letter says that it was sent or refunded."""
    body = written(of)[1]
    assert "we have refunded" not in body
    assert "We sent it" not in body


def test_of_our_own_reasons_the_customer_is_told_nothing() -> None:
    """A balance that did not cover it is no business of the customer's."""
    failed = told(
        status=RefundStatus.FAILED, failure_reason=FailureReason.INSUFFICIENT_FUNDS
    )
    body = written(Situation.FAILED, failed)[1]
    assert "balance" not in body
    assert "fund" not in body.lower().replace("refund", "")


@pytest.mark.parametrize(
    ("currency", "amount"), [("jpy", "5,000 JPY"), ("kwd", "5.000 KWD")]
)
def test_amounts_carry_their_currency(currency: str, amount: str) -> None:
    """Each with the decimals that it has."""
    subject, body = written(Situation.SENT, told(money=Money(5000, currency)))
    assert amount in subject
    assert f"your payment of {amount} in full" in body


def test_dates_are_days_of_the_agents_zone() -> None:
    """Late in the evening it is the next day already further east."""
    evening = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert day(evening, UTC) == "2 March 2026"
    assert day(evening, ZoneInfo("Asia/Kathmandu")) == "3 March 2026"
    assert day(None, UTC) == ""


def test_a_name_is_written_as_the_customer_writes_it() -> None:
    """With the joiner without which it is another one."""
    name = "علی\u200cرضا محمدی"
    detail = RefundDetail(WHOLE, paid(WHOLE, name=name), (), (), None, None)
    _, body = compose(detail, own_template(Situation.SENT), MONDAY, UTC)
    assert body.splitlines()[0] == f"Hello {name},"
    letter = Letter("ada@example.com", f"For {name}", body)
    assert why_not_letter(letter) is None


def test_a_name_is_data_in_a_letter() -> None:
    """It names no field, begins no header and cannot act on a terminal."""
    refund = replace(WHOLE, destination=at(ReferenceStatus.AVAILABLE, ARN))
    detail = RefundDetail(refund, paid(refund, name=EVIL), (), (), None, None)
    subject, body = compose(
        detail, own_template(Situation.REFERENCE_AVAILABLE), MONDAY, UTC
    )
    assert body.splitlines()[0].startswith("Hello [/x]\\x1b]52;c;AA\\x07\\u202e")
    assert "{reference} Subject: hi," in body.splitlines()[0]
    assert body.count(ARN) == 1
    assert "hi" not in subject


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 't.txt, line 1: must begin with "Subject:".'),
        ("Hello", 't.txt, line 1: must begin with "Subject:".'),
        ("Subject: x\n\n{nmae}", 't.txt, line 3: there is no field "nmae": use one'),
        ("Subject: {name.__class__}", 'there is no field "name.__class__"'),
        ("Subject: {0}", 'there is no field "0"'),
        ("Subject: {}", 'there is no field ""'),
        ("Subject: {name!r:>9}", 'there is no field "name!r:>9"'),
    ],
)
def test_a_wrong_template_says_where(text: str, said: str) -> None:
    """An unknown field is named with its line; nothing in braces is ever evaluated."""
    with pytest.raises(WrongTemplate) as wrong:
        read_template(text, "t.txt", FIELDS)
    assert said in str(wrong.value)


def test_a_line_with_nothing_to_say_is_left_out() -> None:
    """A field that is empty takes its line along, never the lines around it."""
    template = read_template("Subject: s\n\na\n{left} b\n{name} c\n", "t", FIELDS)
    assert fill(template, {"name": "Ada"}) == ("s", "a\nAda c\n")


@given(st.text(max_size=200))
def test_any_template_is_read_or_refused(text: str) -> None:
    """Whatever stands in the file, it is used as text or answered with a sentence."""
    try:
        template = read_template(f"Subject: {text}", "t.txt", FIELDS)
    except WrongTemplate as wrong:
        assert "t.txt, line" in str(wrong)  # noqa: PT017 - either way is fine
    else:
        assert isinstance(fill(template, dict.fromkeys(FIELDS, "x"))[1], str)


def test_addresses_and_texts_are_checked() -> None:
    """Nothing goes out without an address, a subject and a text, or as a header."""
    assert address(STATES[Situation.SENT]) == "ada@example.com"
    good = Letter("ada@example.com", "s", "b\n")
    assert why_not_letter(good) is None
    for wrong in (
        replace(good, to="ada"),
        replace(good, subject=" "),
        replace(good, body="\n"),
        replace(good, subject="a\nBcc: eve@example.com"),
        replace(good, subject="x" * 300),
        replace(good, body="x" * 20_000),
    ):
        assert why_not_letter(wrong) is not None


def partly_reversed(amount: int, **charge: Any) -> RefundDetail:
    """Return a reversal of a part; `charge` is what the payment's charge has else."""
    detail = told(money=Money(amount, "usd"), destination=DROPPED)
    payment = detail.payment
    assert payment is not None
    assert payment.charge is not None
    other = replace(payment.charge, **charge)
    return replace(detail, payment=replace(payment, charge=other))


@given(amount=st.integers(1, 4999))
def test_a_part_that_is_taken_back_is_told_as_a_part(amount: int) -> None:
    """However small or large: only what is taken back is gone from the statement."""
    detail = partly_reversed(amount)
    part = detail.refund.money
    subject, body = written(Situation.PARTIAL_REVERSAL, detail)
    assert situation(detail, MONDAY) is Situation.PARTIAL_REVERSAL
    assert subject == f"{part} of your payment is taken back"
    assert f"shows {part} less on the statement" in body
    charge = paid(detail.refund).charge
    assert charge is not None
    receipt = render(detail.refund, charge, (), "1234-5678", ADA).body
    assert f"shows {part} less on the statement" in receipt
    assert "drops off" not in subject + body + receipt


def test_a_traced_part_is_not_told_as_the_whole() -> None:
    """A receipt that gives the bank's number says of the statement what is so."""
    traced = replace(
        DROPPED,
        reference="123456",
        status=ReferenceStatus.AVAILABLE,
        reference_type=ReferenceType.STAN,
    )
    detail = told(money=PART, destination=traced)
    charge = paid(detail.refund).charge
    assert charge is not None
    receipt = render(detail.refund, charge, (), "1234-5678", ADA).body
    assert "STAN 123456" in receipt
    assert receipt.count("statement") == 1
    assert "drops off" not in receipt


def test_parts_that_add_up_drop_the_charge() -> None:
    """Each part is told as less, and all of them together as the whole."""
    detail = partly_reversed(3000, amount_refunded=5000)
    payment, first = detail.payment, detail.refund
    assert payment is not None
    other = replace(first, id="re_2", money=Money(2000, "usd"))
    for others, whole in (
        ((other,), True),
        ((replace(other, destination=None),), False),
        ((replace(other, status=RefundStatus.FAILED),), False),
        ((replace(other, charge="ch_other"),), False),
    ):
        refunds = (first, *others)
        now = replace(detail, payment=replace(payment, refunds=refunds))
        _, body = written(Situation.PARTIAL_REVERSAL, now)
        assert "shows 30.00 USD less" in body
        assert ("with the other parts it drops off" in body) is whole
        charge = payment.charge
        assert charge is not None
        receipt = render(first, charge, refunds, "1234-5678", ADA).body
        assert ("drops off" in receipt) is whole


def test_a_receipt_is_of_what_was_captured() -> None:
    """What was authorised and let go was never paid."""
    detail = partly_reversed(1000, amount_captured=3000)
    charge = paid(detail.refund).charge
    assert charge is not None
    receipt = render(
        detail.refund, replace(charge, amount_captured=3000), (), "1234-5678", ADA
    ).body
    assert "10.00 USD of your payment of 30.00 USD" in receipt


def test_a_reversal_that_came_to_nothing_drops_no_charge() -> None:
    """The charge is on the statement as before."""
    failed = replace(WHOLE, status=RefundStatus.FAILED, destination=DROPPED)
    assert "stays on the statement" in shown_of(failed, paid(failed).charge)


def test_the_last_part_leaves_nothing_that_stays_as_it_is() -> None:
    """What was taken back in parts until nothing is left promises no rest."""
    detail = partly_reversed(3000, amount_refunded=5000)
    _, body = written(Situation.PARTIAL_REVERSAL, detail)
    assert "stays as it is" not in body


def test_a_payment_captured_in_part_is_told_by_what_was_captured() -> None:
    """A refund of all that was captured is one in full, and its reversal is too."""
    detail = partly_reversed(3000, amount_captured=3000)
    subject, body = written(Situation.REVERSAL, detail)
    assert situation(detail, MONDAY) is Situation.REVERSAL
    assert subject == "Your payment of 30.00 USD is taken back"
    assert "your payment of 30.00 USD in full" in body
    assert "drops off" in body
