"""Look-up: every refund that a bank reference names, newest first."""

from datetime import timedelta

from conftest import Funds, Import, Later, Pay
from store import Store
from store.event import Actor
from store.money import Money

ARN = "74537604221222132710364"


def returned(number: int, reference: str, kind: str) -> dict[str, object]:
    """Return a refund as an export has it, with its reference."""
    details = {
        "type": "refund",
        "reference": reference,
        "reference_status": "available",
    }
    return {
        "id": f"re_{number}",
        "object": "refund",
        "amount": 100 * number,
        "currency": "usd",
        "charge": None,
        "payment_intent": f"pi_{number}",
        "created": 1_700_000_000 + number,
        "status": "succeeded",
        "destination_details": {
            "type": "card",
            "card": {**details, "reference_type": kind},
        },
    }


def test_an_arn_names_one_refund(
    store: Store, pay: Pay, funds: Funds, later: Later, mia: Actor
) -> None:
    """With its payment, amount and time; spaces from a letter do not matter."""
    funds()
    payment = pay()
    later()
    refund = store.refunds.create(payment_intent=payment.id, actor=mia).refund
    later(timedelta(days=14))
    where = store.refunds.retrieve(refund.id).destination
    assert where is not None
    assert where.reference is not None
    typed = f" {where.reference[:4]} {where.reference[4:]}\n"
    (found,) = store.payments.by_reference(typed)
    assert (found.refund, found.payment) == (refund.id, payment.id)
    assert (found.label, found.value) == ("ARN", where.reference)
    assert (found.amount, found.created) == (Money(5_000, "usd"), refund.created)


def test_a_stan_repeats(store: Store, bring: Import) -> None:
    """All that carry it are named, the newest first, and no other."""
    kind = "system_trace_audit_number"
    bring(
        returned(1, "687903", kind),
        returned(2, "687903", kind),
        returned(3, "687904", kind),
        returned(4, ARN, "acquirer_reference_number"),
    )
    found = store.payments.by_reference("687903")
    assert [one.refund for one in found] == ["re_2", "re_1"]
    assert {one.label for one in found} == {"STAN"}
    assert [one.payment for one in found] == ["pi_2", "pi_1"]


def test_letters_may_be_small(store: Store, bring: Import) -> None:
    """An RRN is read from a screen, and typed as it comes."""
    bring(returned(1, "AB12CD34EF56", "retrieval_reference_number"))
    (found,) = store.payments.by_reference("ab12cd34ef56")
    assert (found.label, found.value) == ("RRN", "AB12CD34EF56")


def test_nothing_is_named_by_nothing(store: Store, bring: Import) -> None:
    """Neither by an unknown number nor by none."""
    bring(returned(1, ARN, "acquirer_reference_number"))
    assert store.payments.by_reference(ARN[:-1]) == ()
    assert store.payments.by_reference(" ") == ()
