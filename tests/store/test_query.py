"""The API's search syntax: what it reads, what it refuses, what it finds."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADA, MONDAY, Funds, Later, Pay
from store.errors import Refused
from store.payment import Customer
from store.search.query import (
    OF_CHARGES,
    OF_INTENTS,
    Clause,
    Field,
    Operator,
    Query,
    read,
)

if TYPE_CHECKING:
    from store import Store
    from store.event import Actor

BOB = Customer("cus_bob", "Bob", "bob@example.com")
IS, HAS = Operator.IS, Operator.HAS
NOON = int(MONDAY.timestamp())
START = (
    "We were unable to parse your search query. Try using the format "
    '`metadata["key"]:"value"` to query for metadata or `key:"value"` to query for '
    "other fields. "
)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ('status:"succeeded"', Query((Clause(Field.STATUS, IS, "succeeded"),))),
        (" amount>1000 ", Query((Clause(Field.AMOUNT, Operator.ABOVE, 1000),))),
        ('amount:"1000"', Query((Clause(Field.AMOUNT, IS, 1000),))),
        ("created<=5", Query((Clause(Field.CREATED, Operator.UP_TO, 5),))),
        (
            'amount>=1 AND -currency:"usd"',
            Query(
                (
                    Clause(Field.AMOUNT, Operator.FROM, 1),
                    Clause(Field.CURRENCY, IS, "usd", negated=True),
                )
            ),
        ),
        (
            'currency:"usd" currency:"eur"',
            Query(
                (
                    Clause(Field.CURRENCY, IS, "usd"),
                    Clause(Field.CURRENCY, IS, "eur"),
                )
            ),
        ),
        (
            'currency:"usd" OR currency:"eur"',
            Query(
                (
                    Clause(Field.CURRENCY, IS, "usd"),
                    Clause(Field.CURRENCY, IS, "eur"),
                ),
                any_of=True,
            ),
        ),
        (
            r'metadata["a \"b\" AND"]:"x \\ OR y"',
            Query((Clause(Field.METADATA, IS, r"x \ OR y", 'a "b" AND'),)),
        ),
        ('metadata["k"]:null', Query((Clause(Field.METADATA, IS, None, "k"),))),
        ("customer:null", Query((Clause(Field.CUSTOMER, IS, None),))),
        ('customer:"null"', Query((Clause(Field.CUSTOMER, IS, "null"),))),
        (
            'payment_method_details.card.brand~"vis"',
            Query((Clause(Field.BRAND, HAS, "vis"),)),
        ),
        ('refunded:"false"', Query((Clause(Field.REFUNDED, IS, "false"),))),
    ],
)
def test_reads(text: str, query: Query) -> None:
    """Clauses, joined by spaces, AND or OR, with quotes, null and a minus."""
    assert read(text, "charges", OF_CHARGES) == query


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "At character 1: expected a clause."),
        ("status", "At character 1: expected a field, an operator and a value."),
        (
            'status:"a" x',
            "At character 12: expected a field, an operator and a value.",
        ),
        (
            "status:succeeded",
            "At character 1: expected a field, an operator and a value.",
        ),
        ('status:"a', "At character 1: expected a field, an operator and a value."),
        ('status:"a"AND status:"b"', None),
        ('status:"a" AND', "At character 15: expected a clause after AND."),
        (
            'status:"a" AND status:"b" OR status:"c"',
            "At character 1: expected AND or OR, not both.",
        ),
        (
            'status:"a" status:"b" OR status:"c"',
            "At character 1: expected AND or OR, not both.",
        ),
        ('status:"a"(', "At character 11: expected a space, AND or OR."),
        ('customer~"ab"', 'At character 1: expected at least 3 characters after "~".'),
        ('currency>"usd"', 'At character 1: expected ":" or "~" before a text.'),
        ("currency~null", 'At character 1: expected ":" before null.'),
        (
            'amount:"ten"',
            (
                "At character 1: expected a whole number, compared by one of : > < >= "
                "<=."
            ),
        ),
        ("amount~100", "At character 1: expected a whole number, compared by one of"),
        (
            'refunded:"yes"',
            'At character 1: expected "true", "false" or null after ":".',
        ),
        (
            'metadata:"x"',
            (
                'At character 1: expected metadata["key"], and no other field with a '
                "key."
            ),
        ),
        ('status["x"]:"y"', 'At character 1: expected metadata["key"], and no other'),
    ],
)
def test_says_what_and_where(text: str, said: str | None) -> None:
    """What cannot be read is refused at its place."""
    if said is None:
        assert len(read(text, "charges", OF_CHARGES).clauses) == 2
        return
    with pytest.raises(Refused) as refused:
        read(text, "charges", OF_CHARGES)
    assert str(refused.value).startswith(START + said)
    assert (refused.value.refusal.param, refused.value.refusal.status) == ("query", 400)


def test_an_unsupported_field() -> None:
    """A field of another resource is named, with where the known ones stand."""
    with pytest.raises(Refused) as refused:
        read('refunded:"true"', "payment_intents", OF_INTENTS)
    assert str(refused.value) == (
        "Field `refunded` is an unsupported search field for resource "
        "`payment_intents`. See http://stripe.com/docs/search#query-fields-for-"
        "payment_intents for a list of supported fields."
    )


@given(st.text(max_size=60))
def test_no_typing_breaks_the_reader(text: str) -> None:
    """Whatever is typed is a query or a refusal."""
    try:
        clauses = len(read(text, "charges", OF_CHARGES).clauses)
    except Refused as refused:
        clauses = int(refused.refusal.param == "query")
    assert clauses


@pytest.fixture
def known(
    store: Store, pay: Pay, funds: Funds, later: Later, mia: Actor
) -> dict[str, str]:
    """Charges by the name this test gives them: none, part, all refunded, declined."""
    funds()
    names: dict[str, str] = {}
    given = {"order": "6735", "Channel": "Web Shop"}
    for name, amount, customer in (("none", 1_000, ADA), ("part", 2_000, BOB)):
        charge = pay(amount, customer=customer, metadata=given).charge
        assert charge
        names[name] = charge.id
        given = {"order": "6736"}
        later(timedelta(hours=1))
    whole = pay(3_000, "eur", "pm_ideal", customer=None).charge
    declined = pay(4_000, method="pm_card_chargeDeclined", customer=None).charge
    assert whole
    assert declined
    funds(currency="eur")
    store.refunds.create(charge=names["part"], amount=1, actor=mia)
    store.refunds.create(charge=whole.id, actor=mia)
    return {**names, "all": whole.id, "declined": declined.id}


CARD = "payment_method_details.card"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('status:"succeeded"', "none part all"),
        ('status:"FAILED"', "declined"),
        ('-status:"failed" AND -refunded:null', "part all"),
        ('refunded:"true"', "all"),
        ('refunded:"false"', "part"),
        ("refunded:null", "none declined"),
        ('-refunded:"true"', "none part declined"),
        ("amount>1000", "part all declined"),
        ("amount>=1000 amount<3000", "none part"),
        ("amount:4000 OR amount:1000", "none declined"),
        (f"created>{NOON}", "part all declined"),
        (f"created:{NOON}", "none"),
        ('currency:"EUR"', "all"),
        ('customer:"cus_ada"', "none"),
        ('-customer:"cus_ada"', "part all declined"),
        ("customer:null", "all declined"),
        ("-customer:null", "none part"),
        ('customer~"BOB"', "part"),
        ('customer~"cu%"', ""),
        ('metadata["order"]:"6735"', "none"),
        ('metadata["ORDER"]:"6736"', "part"),
        ('metadata["order"]~"673"', "none part"),
        ('metadata["channel"]~"b SH"', "none"),
        ('metadata["order"]:null', "all declined"),
        ('-metadata["channel"]:null', "none"),
        ('disputed:"false"', "none part all declined"),
        ('disputed:"true"', ""),
        (f'{CARD}.last4:"0002"', "declined"),
        (f'{CARD}.brand:"visa"', "none part declined"),
        (f"{CARD}.brand:null", "all"),
        (f"{CARD}.exp_year>=2030 AND {CARD}.exp_month:12", "none part declined"),
    ],
)
def test_finds_charges(
    store: Store, known: dict[str, str], text: str, found: str
) -> None:
    """Every field and operator finds what it says, newest first."""
    names = {given: name for name, given in known.items()}
    result = store.charges.search(text)
    assert sorted(names[one.id] for one in result) == sorted(found.split())
    assert not result.has_more


def test_finds_intents(store: Store, known: dict[str, str]) -> None:
    """Payment intents are searched by their own fields."""
    (failed,) = store.payment_intents.search('status:"requires_payment_method"')
    assert failed.latest_charge == known["declined"]
    query = 'metadata["order"]~"673" AND amount>1000'
    (part,) = store.payment_intents.search(query)
    assert part.latest_charge == known["part"]


@pytest.mark.usefixtures("known")
def test_pages(store: Store) -> None:
    """A page says how to go on; together they are the whole, newest first."""
    whole = [one.id for one in store.charges.list()]
    pages: list[str] = []
    page: str | None = None
    while True:
        found = store.charges.search("amount>0", limit=3, page=page)
        pages += [one.id for one in found]
        page = found.next_page
        assert found.has_more is (page is not None)
        if page is None:
            break
    assert pages == whole
    with pytest.raises(Refused, match="Invalid page: x"):
        store.charges.search("amount>0", page="x")
