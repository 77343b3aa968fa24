"""Forms of any endpoint, made by chance from the parameters that it declares."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from story_asks import ACCOUNTS, plainly, some
from story_request import Ask

from store.cards import CARDS
from store.http.endpoints import ROUTES
from store.http.forms import named
from store.http.takes import Kind, Takes

_KINDS = {
    "charge": "ch",
    "payment_intent": "pi",
    "customer": "cus",
    "source_transaction": "ch",
    "starting_after": "re",
    "ending_before": "pi",
}
"""By a parameter's name, the kind of object whose id it takes."""
_WORDS = {
    "currency": ("usd", "eur", "jpy", "zzz"),
    "destination": ACCOUNTS,
    "on_behalf_of": ACCOUNTS,
    "payment_method": tuple(CARDS),
    "type": ("card", "sepa_debit", "paypal", "no_type"),
    "token": ("tok_visa", "tok_createDispute", "tok_none"),
    "number": ("4242424242424242", "4000000000000002", "1"),
    "reason": ("duplicate", "fraudulent", "no_reason"),
    "cancellation_reason": ("abandoned", "no_reason"),
    "email": ("ada@example.com", "@"),
    "receipt_email": ("ada@example.com", "@"),
    "instructions_email": ("ada@example.com", "@"),
    "url": ("https://example.com/hook", "no_url"),
    "by": ("1d", "3h", "never"),
    "to": ("2026-03-05", "1800000000", "never"),
    "query": ('status:"succeeded"', "amount>100", "(", 'email:"ada1@example.com"'),
    "expand": ("charge", "data.charge", "payment_intent", "refunds", "no_such_thing"),
    "enabled_events": ("*", "refund.failed", "no.event"),
    "payment_method_types": ("card", "us_bank_account", "no_type"),
}
_TEXTS = ("Order 12", "ACME", "", "é\N{ZERO WIDTH JOINER}0", "-1", "x" * 6_000)
_WHOLES = ("0", "1", "50", "100", "1000", "5000", "-1", "999999999999", "1.5", "ten")


def in_full(chance: random.Random) -> Ask:
    """Ask any endpoint with some of its parameters, right and wrong."""
    endpoint = chance.choice(ROUTES.endpoints)
    form = _form(chance, endpoint.known)
    ask = plainly(chance, endpoint)
    strange = (("no_such_parameter", "1"),) if chance.random() < 0.02 else ()
    return Ask(ask.method, ask.path, (*dict(form).items(), *strange))


def _form(
    chance: random.Random, takes: Sequence[Takes], outer: str = ""
) -> Iterator[tuple[str, str]]:
    likely = min(0.5, 3 / max(len(takes), 1))
    for one in takes:
        wanted = 0.95 if one.required else 0.01 if one.refused else likely
        if chance.random() < wanted:
            yield from _given(chance, one, named(outer, one.name))


def _given(chance: random.Random, one: Takes, name: str) -> Iterator[tuple[str, str]]:
    """Give a parameter, mostly in the shape that it has."""
    if chance.random() < 0.03:
        yield chance.choice((name, f"{name}[0]", f"{name}[x][y]")), "1"
        return
    match one.kind:
        case Kind.HASH:
            yield from _form(chance, one.inside, name)
        case Kind.METADATA | Kind.FREE:
            yield f"{name}[{chance.choice(('order', 'x', ''))}]", _text(chance, one)
        case Kind.CREATED:
            yield f"{name}[{chance.choice(('gte', 'lt', 'no'))}]", "1772442000"
        case Kind.TEXTS:
            yield f"{name}[0]", _text(chance, one)
        case Kind.WHOLE:
            yield name, chance.choice(_WHOLES)
        case Kind.FLAG:
            yield name, chance.choice(("true", "false", "true", "false", "maybe"))
        case _:
            yield name, _text(chance, one)


def _text(chance: random.Random, one: Takes) -> str:
    if one.name in _KINDS and chance.random() < 0.9:
        return some(chance, _KINDS[one.name])
    if one.choices and chance.random() < 0.9:
        return chance.choice(one.choices)
    return chance.choice(_WORDS.get(one.name, _TEXTS))
