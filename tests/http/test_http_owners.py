"""Ids that belong to somebody are used for nobody else, and none for another kind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from serving import Answer, Served, serve

PAYING = "/v1/payment_intents"
USUAL = "amount=900&currency=usd"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for the whole file."""
    with serve(tmp_path_factory.mktemp("served")) as one:
        yield one


def made(answer: Answer) -> str:
    """Return the id of what was made."""
    assert answer.status == 200, answer.body
    return str(answer.body["id"])


@pytest.fixture(scope="module")
def card(served: Served) -> tuple[str, str, str]:
    """A card, the customer whose it is, and another customer."""
    ada = made(served.raw("POST", "/v1/customers", "name=Ada"))
    bob = made(served.raw("POST", "/v1/customers", "name=Bob"))
    form = "type=card&card[token]=tok_visa"
    given = made(served.raw("POST", "/v1/payment_methods", form))
    to_ada = f"/v1/payment_methods/{given}/attach", f"customer={ada}"
    assert made(served.raw("POST", *to_ada)) == given
    return given, ada, bob


def paid(served: Served) -> int:
    """Return how many charges there are."""
    return len(served.raw("GET", "/v1/charges?limit=100").body["data"])


def said(answer: Answer) -> tuple[int, str, str | None, str | None]:
    """Return all of an error that a client decides by."""
    error = answer.error
    return answer.status, error["message"], error.get("code"), error.get("param")


def another(method: str, customer: str) -> tuple[int, str, str | None, str | None]:
    """Return the error for a method of another customer."""
    message = (
        f"The PaymentMethod {method} does not belong to the Customer you supplied "
        f"{customer}. Please use this PaymentMethod with the Customer that it belongs "
        "to instead."
    )
    return 400, message, None, "payment_method"


def somebody(method: str, owner: str) -> tuple[int, str, str | None, str | None]:
    """Return the error for a method of somebody where nobody pays."""
    message = (
        f"The `payment_method` parameter supplied {method} belongs to the Customer "
        f"{owner}. Please include the Customer in the `customer` parameter on the "
        "PaymentIntent."
    )
    return 400, message, "parameter_missing", "source"


@pytest.mark.parametrize("confirm", ["", "&confirm=true", "&capture_method=manual"])
def test_a_card_of_another_begins_nothing(
    served: Served, card: tuple[str, str, str], confirm: str
) -> None:
    """Neither for another customer nor for nobody; its own may pay with it."""
    method, ada, bob = card
    before = paid(served)
    form = f"{USUAL}&payment_method={method}{confirm}"
    assert said(served.raw("POST", PAYING, f"{form}&customer={bob}")) == another(
        method, bob
    )
    assert said(served.raw("POST", PAYING, form)) == somebody(method, ada)
    assert paid(served) == before
    assert made(served.raw("POST", PAYING, f"{form}&customer={ada}"))


def test_nor_is_it_confirmed_with(served: Served, card: tuple[str, str, str]) -> None:
    """An intent that waits for another customer, or for nobody, stays as it is."""
    method, ada, bob = card
    before = paid(served)
    of_bob = made(served.raw("POST", PAYING, f"{USUAL}&customer={bob}"))
    of_nobody = made(served.raw("POST", PAYING, USUAL))
    with_it = f"payment_method={method}"
    for action in ("", "/confirm"):
        url = f"{PAYING}/{of_bob}{action}"
        assert said(served.raw("POST", url, with_it)) == another(method, bob)
        url = f"{PAYING}/{of_nobody}{action}"
        assert said(served.raw("POST", url, with_it)) == somebody(method, ada)
    for intent in (of_bob, of_nobody):
        status = served.raw("GET", f"{PAYING}/{intent}").body["status"]
        assert status == "requires_payment_method"
    assert paid(served) == before


def test_nor_does_it_change_hands_with_the_intent(
    served: Served, card: tuple[str, str, str]
) -> None:
    """A customer who is given an intent is not given its card."""
    method, ada, bob = card
    form = f"{USUAL}&customer={ada}&payment_method={method}"
    intent = made(served.raw("POST", PAYING, form))
    changed = served.raw("POST", f"{PAYING}/{intent}", f"customer={bob}")
    assert said(changed) == another(method, bob)
    confirmed = served.raw("POST", f"{PAYING}/{intent}/confirm", "")
    assert confirmed.body["customer"] == ada


def test_a_card_that_is_nobody_s_or_everybody_s(served: Served) -> None:
    """An own one that was never attached, and the test names, pay for all."""
    bob = made(served.raw("POST", "/v1/customers", "name=Bob"))
    form = "type=card&card[token]=tok_visa"
    loose = made(served.raw("POST", "/v1/payment_methods", form))
    for method in (loose, "pm_card_visa"):
        form = f"{USUAL}&confirm=true&payment_method={method}"
        assert made(served.raw("POST", PAYING, form))
        assert made(served.raw("POST", PAYING, f"{form}&customer={bob}"))


def test_an_attached_card_is_not_given_away(
    served: Served, card: tuple[str, str, str]
) -> None:
    """It stays with whose it is."""
    method, ada, bob = card
    taken = served.raw(
        "POST", f"/v1/payment_methods/{method}/attach", f"customer={bob}"
    )
    assert (taken.status, "already been attached" in taken.error["message"]) == (
        400,
        True,
    )
    kept = served.raw("GET", f"/v1/payment_methods/{method}").body
    assert kept["customer"] == ada


@pytest.mark.parametrize("held", ["", "&capture_method=manual"])
def test_a_detached_card_is_nobodys_for_good(
    served: Served, card: tuple[str, str, str], held: str
) -> None:
    """It pays for nobody, begins nothing and is not given to anybody again."""
    _, ada, bob = card
    copy = "/v1/payment_methods/pm_card_visa/attach", f"customer={ada}"
    method = made(served.raw("POST", *copy))
    waits = f"{USUAL}&customer={ada}&payment_method={method}"
    waiting = made(served.raw("POST", PAYING, waits))
    taken = served.raw("POST", f"/v1/payment_methods/{method}/detach").body
    assert (taken["customer"], [one for one in taken if one[0] == "_"]) == (None, [])
    before = paid(served)
    pays = f"payment_method={method}"
    for path, form in (
        (PAYING, f"{USUAL}&confirm=true&{pays}{held}"),
        (PAYING, f"{USUAL}&confirm=true&{pays}{held}&customer={ada}"),
        (PAYING, f"{USUAL}&{pays}{held}"),
        (f"{PAYING}/{waiting}/confirm", ""),
        (f"{PAYING}/{waiting}", pays),
        (f"/v1/payment_methods/{method}/attach", f"customer={ada}"),
        (f"/v1/payment_methods/{method}/attach", f"customer={bob}"),
    ):
        answer = served.raw("POST", path, form)
        assert answer.status == 400, (path, form)
        assert "It may not be used again" in answer.error["message"]
    assert paid(served) == before


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("payment_intents?customer=pm_x", "customer"),
        ("charges?customer=pi_x", "customer"),
        ("charges?payment_intent=ch_x", "payment_intent"),
        ("payment_methods?customer=pi_x", "customer"),
        ("disputes?charge=pi_x", "charge"),
        ("disputes?payment_intent=ch_x", "payment_intent"),
        ("refunds?charge=pi_x", "charge"),
        ("refunds?payment_intent=ch_x", "payment_intent"),
        ("application_fees?charge=pi_x", "charge"),
        ("transfers?destination=cus_x", "destination"),
    ],
)
def test_a_list_of_another_kind_is_none(served: Served, path: str, kind: str) -> None:
    """An empty list would say that there is such a thing, with nothing in it."""
    given = path.rpartition("=")[2]
    answer = served.raw("GET", f"/v1/{path}")
    assert (answer.error["code"], answer.error["param"]) == ("resource_missing", kind)
    assert answer.error["message"] == f"No such {kind}: '{given}'"


@pytest.mark.parametrize(
    ("form", "param"),
    [
        ("customer=pm_x", "customer"),
        ("payment_method=cus_x", "payment_method"),
        ("transfer_data[destination]=cus_x", "transfer_data[destination]"),
        (
            "transfer_data[destination]=acct_x&on_behalf_of=cus_x",
            "on_behalf_of",
        ),
    ],
)
def test_a_payment_takes_ids_of_their_kind(
    served: Served, form: str, param: str
) -> None:
    """Each parameter takes its own kind of id, and is named where it gets another."""
    before = paid(served)
    method = "" if "payment_method" in form else "&payment_method=pm_card_visa"
    answer = served.raw("POST", PAYING, f"{USUAL}&confirm=true&{form}{method}")
    assert (answer.error["code"], answer.error["param"]) == ("resource_missing", param)
    assert paid(served) == before


def shared(served: Served, account: str) -> tuple[str, str]:
    """Let a payment be shared; return its transfer and its fee."""
    form = (
        f"{USUAL}&confirm=true&payment_method=pm_card_bypassPending"
        f"&transfer_data[destination]={account}&application_fee_amount=10"
    )
    intent = served.raw("POST", PAYING, form).body
    charge = served.raw("GET", f"/v1/charges/{intent['latest_charge']}").body
    return charge["transfer"], charge["application_fee"]


def test_what_hangs_below_another_is_not_found(served: Served) -> None:
    """A refund, a reversal or a fee's refund is its own parent's alone."""
    charges = []
    for _ in range(2):
        form = f"{USUAL}&confirm=true&payment_method=pm_card_bypassPending"
        charges.append(served.raw("POST", PAYING, form).body["latest_charge"])
    refund = made(served.raw("POST", "/v1/refunds", f"charge={charges[0]}&amount=5"))
    (one, fee), (other, other_fee) = shared(served, "acct_a"), shared(served, "acct_b")
    back = made(served.raw("POST", f"/v1/transfers/{one}/reversals", "amount=5"))
    given = made(served.raw("POST", f"/v1/application_fees/{fee}/refunds", "amount=5"))
    own = {
        f"/v1/charges/{charges[0]}/refunds/{refund}": f"/v1/charges/{charges[1]}",
        f"/v1/transfers/{one}/reversals/{back}": f"/v1/transfers/{other}",
        f"/v1/application_fees/{fee}/refunds/{given}": (
            f"/v1/application_fees/{other_fee}"
        ),
    }
    for path, parent in own.items():
        assert served.raw("GET", path).status == 200
        below = "/".join(path.split("/")[-2:])
        assert served.raw("GET", f"{parent}/{below}").status == 404
