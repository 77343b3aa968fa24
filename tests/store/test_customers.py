"""Customers and payment methods: made, changed, searched, given and taken back."""

import pytest

from conftest import FUNDED, Funds
from store import Store
from store.cards import by_number
from store.customer import About
from store.errors import Refused
from store.event import Actor, Face
from store.payment import IntentStatus
from store.refund import RefundStatus
from store.shape.account import customer_shape
from store.shape.cash import cash_of

API = Actor("shop", Face.API)


def test_a_customer_is_taken_in_and_changed(store: Store) -> None:
    """What is empty is unset; each change is told with what was before."""
    made = store.customers.create(
        About("Ada", "ada@example.com", {"phone": "1"}, {"tier": "gold"}), actor=API
    )
    assert store.customers.retrieve(made.id) == made
    after = store.customers.update(
        made.id, About(name="", extra={"phone": "", "description": "x"}), actor=API
    )
    assert (after.name, after.email, after.extra) == (
        None,
        "ada@example.com",
        {"description": "x"},
    )
    newest, first = store.events.newest(object_id=made.id)
    assert (first.type, newest.type) == ("customer.created", "customer.updated")
    assert newest.previous["name"] == "Ada"


def test_a_change_that_changes_nothing_is_not_told(store: Store) -> None:
    """And an unknown customer is none."""
    made = store.customers.create(About("Ada"), actor=API)
    store.customers.update(made.id, About("Ada"), actor=API)
    assert len(store.events.newest(object_id=made.id)) == 1
    with pytest.raises(Refused, match="No such customer: 'cus_none'"):
        store.customers.update("cus_none", About("Ada"), actor=API)


def test_customers_are_searched(store: Store) -> None:
    """By name and email whatever their case, and by metadata."""
    ada = store.customers.create(
        About("Ada", "Ada@Example.com", metadata={"tier": "gold"}), actor=API
    )
    store.customers.create(About("Bob", "bob@example.com"), actor=API)
    for query in (
        'email:"ada@example.com"',
        'name:"ADA"',
        'metadata["tier"]:"gold"',
        'email~"ada@"',
        '-name:"bob"',
    ):
        assert [one.id for one in store.customers.search(query)] == [ada.id]
    with pytest.raises(Refused, match="unsupported search field"):
        store.customers.search('status:"x"')
    with pytest.raises(Refused, match="unsupported search field"):
        store.charges.search('email:"ada@example.com"')


def test_a_test_card_is_made_given_and_paid_with(store: Store) -> None:
    """It behaves as its number says, and only its last digits are kept."""
    ada = store.customers.create(About("Ada"), actor=API)
    made = store.payment_methods.create(
        type="card", details={"card": {"number": "4000 0000 0000 5126"}}, actor=API
    )
    assert (made.method.last4, "5126" in repr(made)) == ("5126", True)
    assert "40000000" not in repr(made)
    given = store.payment_methods.attach(made.id, customer=ada.id, actor=API)
    assert given.customer == ada.id
    assert store.payment_methods.list(customer=ada.id).data == (given,)
    paid = store.payment_intents.create(
        amount=900, currency="usd", payment_method=made.id, customer=ada, actor=API
    ).payment
    assert paid.charge is not None
    assert paid.charge.test_behaviour == made.behaviour
    assert paid.intent is not None
    assert paid.intent.payment_method == made.id
    taken = store.payment_methods.detach(made.id, actor=API)
    assert taken.customer is None
    types = [one.type for one in store.events.newest(object_id=made.id)]
    assert types == ["payment_method.detached", "payment_method.attached"]


def test_a_test_method_is_everybodys(store: Store) -> None:
    """Who is given one gets a copy of its own."""
    ada = store.customers.create(About("Ada"), actor=API)
    own = store.payment_methods.attach(FUNDED, customer=ada.id, actor=API)
    assert own.id != FUNDED
    assert own.behaviour == store.payment_methods.retrieve(FUNDED).behaviour
    assert store.payment_methods.retrieve(FUNDED).customer is None


def test_a_method_is_one_customers(store: Store) -> None:
    """It is not given away twice, nor taken from nobody."""
    ada = store.customers.create(About("Ada"), actor=API)
    bob = store.customers.create(About("Bob"), actor=API)
    own = store.payment_methods.attach(FUNDED, customer=ada.id, actor=API)
    with pytest.raises(Refused, match="already been attached"):
        store.payment_methods.attach(own.id, customer=bob.id, actor=API)
    with pytest.raises(Refused, match="No such customer: 'cus_none'"):
        store.payment_methods.attach(own.id, customer="cus_none", actor=API)
    with pytest.raises(Refused, match="No such payment_method: 'pm_none'"):
        store.payment_methods.retrieve("pm_none")
    store.payment_methods.detach(own.id, actor=API)
    with pytest.raises(Refused, match="not attached"):
        store.payment_methods.detach(own.id, actor=API)


def test_only_test_methods_are_made(store: Store) -> None:
    """No number that may be somebody's, and no type that there is not."""
    with pytest.raises(Refused, match="non test \\(live\\) card"):
        store.payment_methods.create(
            type="card", details={"card": {"number": "4929420573595709"}}, actor=API
        )
    with pytest.raises(Refused, match="Missing required param: card"):
        store.payment_methods.create(type="card", actor=API)
    with pytest.raises(Refused, match="Invalid type"):
        store.payment_methods.create(type="barter", actor=API)
    with pytest.raises(Refused, match="No such token: 'tok_none'"):
        store.payment_methods.create(
            type="card", details={"card": {"token": "tok_none"}}, actor=API
        )
    made = store.payment_methods.create(
        type="card", details={"card": {"token": "tok_visa"}}, actor=API
    )
    assert made.method.brand == "visa"
    assert store.payment_methods.create(type="ideal", actor=API).method.type == "ideal"
    assert by_number("4242424242424241") is None


def test_a_transfer_pays_what_waits_for_it(store: Store, funds: Funds) -> None:
    """The oldest that it covers; what is left waits for the next."""
    funds(1_000, "eur")
    ada = store.customers.create(About("Ada"), actor=API)
    first, second = (
        store.payment_intents.create(
            amount=amount,
            currency="eur",
            payment_method="pm_customer_balance",
            customer=ada,
            actor=API,
        ).payment
        for amount in (900, 500)
    )
    assert first.intent is not None
    assert first.intent.status is IntentStatus.REQUIRES_ACTION
    funded = store.customers.fund_cash_balance(
        ada.id, amount=1_000, currency="eur", actor=API, key="k"
    )
    again = store.customers.fund_cash_balance(
        ada.id, amount=1_000, currency="eur", actor=API, key="k"
    )
    assert (again["id"], again["net_amount"]) == (funded["id"], 1_000)
    paid = store.payment_intents.retrieve(first.id)
    waits = store.payment_intents.retrieve(second.id)
    assert (paid.status, waits.status) == (
        IntentStatus.SUCCEEDED,
        IntentStatus.REQUIRES_ACTION,
    )
    assert cash_of(store.customers.retrieve(ada.id), "eur") == 100
    store.customers.fund_cash_balance(ada.id, amount=400, currency="eur", actor=API)
    assert store.payment_intents.retrieve(second.id).status is IntentStatus.SUCCEEDED
    assert cash_of(store.customers.retrieve(ada.id), "eur") == 0
    refund = store.refunds.create(
        payment_intent=first.id, instructions_email="a@example.com", actor=API
    ).refund
    assert refund.status is RefundStatus.REQUIRES_ACTION
    assert store.examine() == ()


def test_a_transfer_is_somebodys(store: Store) -> None:
    """Without a customer nothing can be waited for; what is there pays at once."""
    with pytest.raises(Refused, match="A customer is needed"):
        store.payment_intents.create(
            amount=900, currency="eur", payment_method="pm_customer_balance", actor=API
        )
    with pytest.raises(Refused, match="No such customer"):
        store.customers.fund_cash_balance(
            "cus_none", amount=1, currency="eur", actor=API
        )
    ada = store.customers.create(About("Ada"), actor=API)
    store.customers.fund_cash_balance(ada.id, amount=900, currency="eur", actor=API)
    paid = store.payment_intents.create(
        amount=900,
        currency="eur",
        payment_method="pm_customer_balance",
        customer=ada,
        actor=API,
    ).payment
    assert paid.intent is not None
    assert paid.intent.status is IntentStatus.SUCCEEDED
    assert "_cash" not in customer_shape(store.customers.retrieve(ada.id))


def test_a_payment_in_two_steps_is_listed_as_it_was_paid(store: Store) -> None:
    """Begun without a method, changed, then paid by card: the list shows the card."""
    begun = store.payment_intents.create(
        amount=900, currency="usd", confirm=False, actor=API
    ).payment
    (line,) = store.payments.page().rows
    assert (line.method.last4, line.money.amount) == (None, 900)
    store.payment_intents.confirm(begun.id, payment_method="pm_card_amex", actor=API)
    (line,) = store.payments.page().rows
    assert (line.method.brand, line.method.last4) == ("amex", "8431")
