"""Issuing refunds: how much, to whom, from what balance, and when not at all."""

import pytest

from conftest import Funds, Later, Pay
from store import Store
from store.badge import Badge, badge
from store.errors import Refused
from store.event import Actor
from store.money import Money
from store.payment import IntentStatus
from store.refund import Reason, RefundStatus


def dollars(amount: int) -> Money:
    """Return an amount of dollars."""
    return Money(amount, "usd")


def test_refunds_all_that_is_left(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Without an amount, everything unrefunded goes back; the fee stays."""
    funds()
    paid = pay(5_000)
    later()
    done = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert done.refund.id.startswith("re_")
    assert done.refund.money == dollars(5_000)
    assert done.refund.status is RefundStatus.SUCCEEDED
    assert done.refund.actor == "mia"
    assert done.payment.refunded == dollars(5_000)
    assert done.available_before - done.available_after == dollars(5_000)
    assert done.fee_kept == dollars(175)
    assert badge(done.payment) is Badge.REFUNDED
    assert done.payment.intent is not None
    assert done.payment.intent.status is IntentStatus.SUCCEEDED


def test_several_partial_refunds_add_up(
    store: Store, mia: Actor, pay: Pay, funds: Funds, later: Later
) -> None:
    """Parts may be refunded until nothing is left, and never a cent more."""
    funds()
    paid = pay(5_000)
    later()
    for amount, left in ((2_000, 3_000), (2_999, 1)):
        part = store.refunds.create(payment_intent=paid.id, amount=amount, actor=mia)
        assert badge(part.payment) is Badge.PARTIAL_REFUND
        assert part.payment.refundable == dollars(left)
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, amount=2, actor=mia)
    assert str(refused.value) == (
        "Refund amount ($0.02) is greater than unrefunded amount on charge ($0.01)"
    )
    rest = store.refunds.create(payment_intent=paid.id, actor=mia)
    assert rest.refund.money == dollars(1)
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, actor=mia)
    charge = paid.charge.id if paid.charge else ""
    assert str(refused.value) == f"Charge {charge} has already been refunded."
    assert store.examine() == ()


def test_charge_and_intent_name_the_same_payment(
    store: Store, mia: Actor, pay: Pay, funds: Funds
) -> None:
    """Either id will do, both will do when they agree."""
    funds()
    paid, other = pay(), pay()
    assert paid.charge is not None
    by_charge = store.refunds.create(charge=paid.charge.id, amount=100, actor=mia)
    assert by_charge.refund.payment_intent == paid.id
    both = store.refunds.create(
        charge=paid.charge.id, payment_intent=paid.id, amount=100, actor=mia
    )
    assert both.payment.refunded == dollars(200)
    with pytest.raises(Refused) as refused:
        store.refunds.create(
            charge=paid.charge.id, payment_intent=other.id, amount=100, actor=mia
        )
    assert str(refused.value) == (
        "You may only specify one of these parameters: charge, payment_intent."
    )


@pytest.mark.parametrize(
    ("intent", "charge", "said", "param"),
    [
        ("pi_X", None, "No such payment_intent: 'pi_X'", "payment_intent"),
        (None, "ch_X", "No such charge: 'ch_X'", "id"),
        (None, "nonsense", "No such charge: 'nonsense'", "id"),
        (
            None,
            None,
            (
                "One of the following params should be provided for this request: "
                "payment_intent or charge."
            ),
            None,
        ),
    ],
)
def test_an_unknown_payment(
    store: Store,
    mia: Actor,
    intent: str | None,
    charge: str | None,
    said: str,
    param: str | None,
) -> None:
    """A payment that the store does not know is named as it was asked for."""
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=intent, charge=charge, actor=mia)
    assert str(refused.value) == said
    assert refused.value.refusal.param == param


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        (0, "This value must be greater than or equal to 1."),
        (-5, "This value must be greater than or equal to 1."),
        (1_100, "Refund amount ($11.00) is greater than charge amount ($10.00)"),
        (
            2**70,
            (
                "Refund amount ($11,805,916,207,174,113,034.24) is greater than charge "
                "amount ($10.00)"
            ),
        ),
    ],
)
def test_impossible_amounts(
    store: Store, mia: Actor, pay: Pay, amount: int, said: str
) -> None:
    """Nothing, less than nothing and more than the charge are refused."""
    paid = pay(1_000)
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, amount=amount, actor=mia)
    assert str(refused.value) == said
    assert store.payments.find(paid.id) == paid


def test_reasons(store: Store, mia: Actor, pay: Pay, funds: Funds) -> None:
    """The API's three reasons, or Other with a note that explains it."""
    funds()
    paid = pay()
    for reason in ("duplicate", "fraudulent", "requested_by_customer"):
        done = store.refunds.create(
            payment_intent=paid.id, amount=100, reason=reason, actor=mia
        )
        assert done.refund.reason == reason
    with pytest.raises(Refused) as refused:
        store.refunds.create(
            payment_intent=paid.id, amount=100, reason="because", actor=mia
        )
    unknown = (
        "Invalid reason: must be one of duplicate, fraudulent, or requested_by_customer"
    )
    assert str(refused.value) == unknown
    for note in (None, "", "  \n"):
        with pytest.raises(Refused) as refused:
            store.refunds.create(
                payment_intent=paid.id, reason=Reason.OTHER, note=note, actor=mia
            )
        assert str(refused.value) == "The reason Other needs a note that explains it."
    noted = store.refunds.create(
        payment_intent=paid.id,
        amount=100,
        reason=Reason.OTHER,
        note="goodwill",
        actor=mia,
    )
    assert (noted.refund.reason, noted.refund.note) == (Reason.OTHER, "goodwill")
    with pytest.raises(Refused) as refused:
        store.refunds.create(
            payment_intent=paid.id, reason="expired_uncaptured_charge", actor=mia
        )
    assert str(refused.value) == unknown


@pytest.mark.parametrize(
    ("metadata", "said"),
    [
        (
            {"k": "v" * 801},
            (
                "Metadata values can have up to 500 characters, but you passed in a "
                f"value that is 801 characters. Invalid value: {'v' * 801}"
            ),
        ),
        (
            {"k" * 41: "v"},
            (
                "Metadata keys can have up to 40 characters, but you passed in a key "
                f"that is 41 characters. Invalid key: {'k' * 41}"
            ),
        ),
        (
            {f"k{n}": "v" for n in range(52)},
            "Metadata can have up to 50 keys, but you've set 52",
        ),
    ],
)
def test_metadata_keeps_to_the_limits(
    store: Store, mia: Actor, pay: Pay, metadata: dict[str, str], said: str
) -> None:
    """Too long or too many entries are refused, and nothing is refunded."""
    paid = pay()
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=paid.id, metadata=metadata, actor=mia)
    assert str(refused.value) == said
    assert store.payments.find(paid.id) == paid


def test_metadata_is_kept(store: Store, mia: Actor, pay: Pay, funds: Funds) -> None:
    """What an agent notes on a refund is there when it is read again."""
    funds()
    kept = {"ticket": "[/x]\x1b]52;c;aGk=\x07", "k" * 40: "v" * 500}
    done = store.refunds.create(payment_intent=pay().id, metadata=kept, actor=mia)
    assert store.refunds.detail(done.refund.id).refund.metadata == kept


def test_unpaid_and_uncaptured_payments(store: Store, mia: Actor, pay: Pay) -> None:
    """A declined payment has nothing to refund; an authorisation is canceled."""
    declined = pay(method="pm_card_chargeDeclined")
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=declined.id, actor=mia)
    assert str(refused.value) == (
        f"This PaymentIntent ({declined.id}) does not have a successful charge to "
        "refund."
    )
    held = pay(capture_method="manual")
    with pytest.raises(Refused) as refused:
        store.refunds.create(payment_intent=held.id, actor=mia)
    assert str(refused.value).startswith(
        f"This uncaptured Charge was created by a PaymentIntent ({held.id})."
    )


@pytest.mark.parametrize(
    ("currency", "amount", "part"),
    [("jpy", 9_000, 1), ("kwd", 12_300, 1_230), ("eur", 50, 1), ("isk", 50_000, 100)],
)
def test_every_currency_class(
    store: Store,
    mia: Actor,
    pay: Pay,
    funds: Funds,
    currency: str,
    amount: int,
    part: int,
) -> None:
    """Yen, dinars, euros and krónur are refunded in their own units, from their own."""
    funds(100_000, currency)
    paid = pay(amount, currency)
    done = store.refunds.create(payment_intent=paid.id, amount=part, actor=mia)
    assert done.refund.money == Money(part, currency)
    assert done.available_before - done.available_after == Money(part, currency)
    assert store.examine() == ()
