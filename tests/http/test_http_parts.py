"""The parts of the HTTP face, each by itself: forms, parameters, keys, routes."""

from __future__ import annotations

from typing import Any

import pytest
import stripe
from typed import of_class

from store.cli.nouns import NOUNS
from store.errors import Refused
from store.http.endpoints import ROUTES
from store.http.forms import Tree, parsed
from store.http.keys import Keys, is_here, is_loopback
from store.http.keys import read as read_keys
from store.http.takes import (
    METADATA,
    WINDOW,
    Kind,
    Takes,
    flag,
    hidden,
    kept,
    read,
    refused,
    whole,
)
from store.http.whole import whole as in_full
from store.lists.window import Created
from store.refusals.http import masked


@pytest.mark.parametrize(
    ("form", "tree"),
    [
        ("", {}),
        ("a=1&b=", {"a": "1", "b": ""}),
        ("a=1&a=2", {"a": "2"}),
        ("a[b]=1&a[c][d]=2", {"a": {"b": "1", "c": {"d": "2"}}}),
        ("a[]=x&a[]=y", {"a": {"0": "x", "1": "y"}}),
        ("a[0]=x&a[1]=y", {"a": {"0": "x", "1": "y"}}),
        ("a%5Bb%5D=%C3%A9+z", {"a": {"b": "é z"}}),
        ("a[b=1", {"a[b": "1"}),
        ("a=1&a[b]=2", {"a": {"b": "2"}}),
        ("a[b]=2&a=1", {"a": "1"}),
        ("[b]=2", {"[b]": "2"}),
    ],
)
def test_a_form_becomes_a_tree(form: str, tree: Tree) -> None:
    """Brackets nest; of two values the later counts; odd names stay as they are."""
    assert parsed(form.encode()) == tree


def values(form: str, *takes: Takes) -> dict[str, Any]:
    """Return what parameters are read from a form."""
    return read(takes, parsed(form.encode()))


def test_parameters_are_read_by_kind() -> None:
    """A parameter that is not given is not there."""
    assert values("amount=-5", whole("amount"), flag("confirm")) == {"amount": -5}
    assert values("confirm=false", flag("confirm")) == {"confirm": False}
    assert values("metadata[a]=b", METADATA) == {"metadata": {"a": "b"}}
    assert values("metadata=", METADATA) == {"metadata": ""}
    assert values("created[gte]=5&limit=3", *WINDOW) == {
        "created": Created(gte=5),
        "limit": 3,
    }
    assert values("created=5", *WINDOW) == {"created": 5}
    many = Takes("types", Kind.TEXTS)
    assert values("types[]=a&types[]=b", many) == {"types": ("a", "b")}
    shown, unseen = kept("statement_descriptor"), hidden("return_url")
    assert values("statement_descriptor=x&return_url=y", shown, unseen) == {
        "extra": {"statement_descriptor": "x", "_return_url": "y"}
    }
    free = Takes("card", Kind.FREE)
    said = "card[moto]=true&card[count]=3&card[code]=007&card[kinds][]=a"
    assert values(said, free) == {
        "card": {"moto": True, "count": 3, "code": "007", "kinds": ["a"]}
    }


@pytest.mark.parametrize(
    ("form", "takes", "param"),
    [
        ("amount=1.5", whole("amount"), "amount"),
        ("amount=٣", whole("amount"), "amount"),
        ("amount=" + "9" * 19, whole("amount"), "amount"),
        ("confirm=yes", flag("confirm"), "confirm"),
        ("charge[a]=1", Takes("charge"), "charge"),
        ("created[near]=1", WINDOW[3], "created[near]"),
        ("created[gte]=x", WINDOW[3], "created[gte]"),
        ("metadata[a][b]=1", METADATA, "metadata[a]"),
        ("types=a", Takes("types", Kind.TEXTS), "types"),
        ("types[][b]=a", Takes("types", Kind.TEXTS), "types"),
        ("card=1", Takes("card", Kind.HASH), "card"),
        ("card[x]=1", Takes("card", Kind.HASH), "card[x]"),
        ("how=c", Takes("how", choices=("a", "b")), "how"),
        ("how=abc", Takes("how", longest=2), "how"),
        ("card=1", Takes("card", Kind.FREE), "card"),
        ("source=1", refused("it is not", "source")[0], "source"),
        ("source[a]=1", refused("it is not", "source")[0], "source"),
        ("", Takes("amount", required=True), "amount"),
    ],
)
def test_a_parameter_of_another_kind_is_named(
    form: str, takes: Takes, param: str
) -> None:
    """Nested ones with their brackets."""
    with pytest.raises(Refused) as caught:
        values(form, takes)
    assert caught.value.refusal.param == param


def test_keys_are_compared_whole() -> None:
    """A part of a key is no key; a key's name is the actor's."""
    keys = read_keys("# remark\nshop: sk_test_1\n\nsk_test_2  # other\n")
    assert keys.who("Bearer sk_test_1") == "shop"
    assert keys.who("bearer sk_test_2") == "api"
    for wrong in ("sk_test_", "sk_test_11", "shop: sk_test_1", "é"):
        with pytest.raises(Refused) as caught:
            keys.who(f"Bearer {wrong}")
        assert caught.value.refusal.status == 401
    assert "sk_test_1" not in repr(keys)
    assert Keys().who("Bearer anything") == "api"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("sk_test_51abcdefgh1234", "sk_test_****1234"),
        ("abcdefghijkl", "****ijkl"),
        ("short", "****"),
        ("sk_test_\x1b[2J12345678", "****"),
    ],
)
def test_a_key_is_shown_by_its_ends(key: str, shown: str) -> None:
    """And not at all where it might act on a terminal."""
    assert masked(key) == shown


def test_what_this_machine_is_called() -> None:
    """Whatever the port; nothing that only begins so."""
    for name in ("localhost", "127.0.0.1:12111", "[::1]:80", "LOCALHOST:1"):
        assert is_here(name)
    for name in ("", "localhost.evil.example", "127.0.0.1.evil:80", "192.0.2.1"):
        assert not is_here(name)
    assert is_loopback("127.0.0.1")
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")  # noqa: S104 - asked, not bound


@pytest.mark.parametrize("endpoint", ROUTES.endpoints, ids=lambda one: one.path)
def test_every_endpoint_is_found_by_its_own_path(endpoint: Any) -> None:
    """No other stands before it, and its parameters are told apart."""
    path = endpoint.path.replace("{", "x_").replace("}", "")
    found = ROUTES.find(endpoint.method, path)
    assert found is not None
    assert found[0] is endpoint
    names = [one.name for one in endpoint.known]
    assert len(names) == len(set(names))
    assert endpoint.path.startswith("/v1/")


def test_no_two_endpoints_are_the_same() -> None:
    """One of them would never be reached."""
    named = [(one.method, one.path) for one in ROUTES.endpoints]
    assert len(named) == len(set(named))


def test_the_client_s_types_catch_what_does_not_fit() -> None:
    """A check that finds nothing wrong would prove nothing."""
    refund = {"id": 5, "object": "refund", "wat": 1}
    wrong = list(of_class(refund, stripe.Refund, "refund"))
    assert "refund.id: 5 is no str" in wrong
    assert "refund.wat: unknown to the client" in wrong
    assert "refund.amount: missing" in wrong


def test_an_object_s_own_fields_are_never_covered() -> None:
    """What the store keeps stands; only what is absent is filled."""
    shape = {"object": "customer", "id": "cus_1", "description": "x", "created": 1}
    full = in_full(dict(shape))
    assert {name: full[name] for name in shape} == shape
    assert full["tax_exempt"] == "none"


@pytest.mark.parametrize(
    ("noun", "verb", "path"),
    [
        ("refunds", "create", "/v1/refunds"),
        ("refunds", "list", "/v1/refunds"),
        ("payment_intents", "cancel", "/v1/payment_intents/{intent}/cancel"),
        ("payment_intents", "capture", "/v1/payment_intents/{intent}/capture"),
        ("payment_intents", "update", "/v1/payment_intents/{intent}"),
        ("payment_intents", "search", "/v1/payment_intents/search"),
        ("charges", "update", "/v1/charges/{charge}"),
        ("charges", "list", "/v1/charges"),
        ("topups", "create", "/v1/topups"),
    ],
)
def test_a_parameter_becomes_what_it_becomes_on_the_command_line(
    noun: str, verb: str, path: str
) -> None:
    """One name of the API stands for one argument of a verb, through every face."""
    command = NOUNS[noun][verb]
    method = "POST" if command.writes else "GET"
    (endpoint,) = (
        one for one in ROUTES.endpoints if (one.method, one.path) == (method, path)
    )
    typed = {one.name: one.argument or one.name for one in command.takes}
    sent = {
        one.name: one.argument or one.name
        for one in endpoint.takes
        if not one.kept and not one.refused
    }
    both = typed.keys() & sent.keys()
    assert both
    assert {name: typed[name] for name in both} == {name: sent[name] for name in both}
