"""Random stories of requests: made from a seed, played over the HTTP face, shortened.

A request names objects by kind and place (`{pi:-1}` is the newest payment intent), so
that a story still means something when requests are left out of it.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from store.cards import CARDS
from store.http.endpoints import ROUTES
from store.http.routes import Endpoint

PREFIXES = (
    *("pi", "ch", "py", "re", "pyr", "cus", "pm", "tr", "trr", "fee", "fr"),
    *("du", "prv", "tu", "we", "txn", "evt"),
)
SAME = {"py": "ch", "pyr": "re"}
"""What begins otherwise and is the same kind of object."""
OWN_ID = re.compile(rf'"id": ?"((?:{"|".join(PREFIXES)})_\w+)"')
PLACE = re.compile(r"\{(\w+):(-?\d+)\}")
CURRENCIES = ("usd",) * 6 + ("eur", "gbp", "jpy", "krw", "kwd", "bhd", "isk", "ugx")
STEPS = {"kwd": 10, "bhd": 10, "isk": 100, "ugx": 100}
"""What amounts of a currency are divisible by; others by one."""
AMOUNTS = (500, 1_000, 1_000, 2_500, 5_000, 5_000, 12_000, 50_000)
PARTS = (1, 50, 100, 400, 500, 501, 1_000, 1_001, 2_500, 4_999, 5_000, 5_001, 12_000)
ACCOUNTS = ("acct_ann", "acct_bob")


@dataclass(frozen=True, slots=True)
class Ask:
    """One request; `{kind:place}` in its path and form names an object."""

    method: str
    path: str
    form: tuple[tuple[str, str], ...] = ()
    key: str | None = None
    account: str | None = None
    """The connected account in whose name it is asked."""

    def __str__(self) -> str:
        said = " ".join(f"{name}={value}" for name, value in self.form)
        more = " ".join(filter(None, (self.key, self.account)))
        return f"{self.method} {self.path} {said} {more}".rstrip()


class Known:
    """The ids that answers have named, by kind, oldest first."""

    def __init__(self) -> None:
        self._by_kind: dict[str, dict[str, None]] = {}

    def learn(self, body: str) -> None:
        """Remember every id in an answer."""
        for id_ in OWN_ID.findall(body):
            prefix = id_.partition("_")[0]
            kind = SAME.get(prefix, prefix)
            self._by_kind.setdefault(kind, {})[id_] = None

    def named(self, text: str) -> str:
        """Return a text with every place in it filled."""
        return PLACE.sub(self._at, text)

    def _at(self, found: re.Match[str]) -> str:
        ids = list(self._by_kind.get(found[1], ()))
        if found[1] == "pm" and not ids:
            return "pm_card_visa"
        return ids[int(found[2]) % len(ids)] if ids else f"{found[1]}_none"


def _some(chance: random.Random, kind: str) -> str:
    """Name an object: mostly a recent one, sometimes any."""
    recent = chance.choice((-1, -1, -1, -2, -3, -5, -8))
    return f"{{{kind}:{recent if chance.random() < 0.8 else chance.randrange(99)}}}"


def _amount(chance: random.Random, currency: str, among: Sequence[int]) -> str:
    step = STEPS.get(currency, 1)
    return str(max(chance.choice(among) // step, 1) * step)


def _shared(chance: random.Random, amount: int) -> dict[str, str]:
    form = {"transfer_data[destination]": chance.choice(ACCOUNTS)}
    if chance.random() < 0.5:
        form["application_fee_amount"] = str(chance.choice((0, amount // 10, amount)))
    elif chance.random() < 0.3:
        form["transfer_data[amount]"] = str(amount // 2)
    return form


def _pay(chance: random.Random) -> Ask:
    currency = chance.choice(CURRENCIES)
    amount = _amount(chance, currency, AMOUNTS)
    form = {"amount": amount, "currency": currency}
    if chance.random() < 0.8:
        form["payment_method"] = chance.choice(tuple(CARDS))
        form["confirm"] = chance.choice(("true", "true", "true", "false"))
    if chance.random() < 0.3:
        form["capture_method"] = chance.choice(("manual", "manual", "automatic"))
    if chance.random() < 0.15:
        form |= _shared(chance, int(amount))
    if chance.random() < 0.25:
        form["customer"] = _some(chance, "cus")
        if chance.random() < 0.4 and form.get("confirm"):
            form["payment_method"] = _some(chance, "pm")
    return Ask("POST", "/v1/payment_intents", tuple(form.items()))


def _debit(chance: random.Random) -> Ask:
    """Pay in a way that settles later: what follows meets it while it is processing."""
    form = (
        ("amount", _amount(chance, "usd", AMOUNTS)),
        ("currency", "usd"),
        ("payment_method", chance.choice(("pm_us_bank_account", "pm_sepa_debit"))),
        ("confirm", "true"),
    )
    return Ask("POST", "/v1/payment_intents", form)


def _confirm(chance: random.Random) -> Ask:
    form = {}
    if chance.random() < 0.8:
        form["payment_method"] = chance.choice(tuple(CARDS))
    path = f"/v1/payment_intents/{_some(chance, 'pi')}/confirm"
    return Ask("POST", path, tuple(form.items()))


def _capture(chance: random.Random) -> Ask:
    form = {}
    if chance.random() < 0.5:
        form["amount_to_capture"] = _amount(chance, "usd", PARTS)
    if chance.random() < 0.3:
        form["final_capture"] = chance.choice(("true", "false", "false"))
    if chance.random() < 0.2:
        form["application_fee_amount"] = chance.choice(("0", "10", "100"))
    if chance.random() < 0.4:
        amount = tuple(form.items())[:1] if "amount_to_capture" in form else ()
        named = tuple(("amount", value) for _, value in amount)
        return Ask("POST", f"/v1/charges/{_some(chance, 'ch')}/capture", named)
    path = f"/v1/payment_intents/{_some(chance, 'pi')}/capture"
    return Ask("POST", path, tuple(form.items()))


def _cancel(chance: random.Random) -> Ask:
    form = (("cancellation_reason", "duplicate"),) if chance.random() < 0.3 else ()
    return Ask("POST", f"/v1/payment_intents/{_some(chance, 'pi')}/cancel", form)


def _refund(chance: random.Random) -> Ask:
    form = {}
    if chance.random() < 0.6:
        form["amount"] = _amount(chance, chance.choice(CURRENCIES), PARTS)
    if chance.random() < 0.2:
        form["reason"] = chance.choice(("duplicate", "fraudulent", "wrong"))
    if chance.random() < 0.3:
        form["instructions_email"] = "ada@example.com"
    if chance.random() < 0.15:
        form["reverse_transfer"] = "true"
    if chance.random() < 0.1:
        form["refund_application_fee"] = "true"
    key = f"key{chance.randrange(30)}" if chance.random() < 0.2 else None
    where = chance.random()
    if where < 0.1:
        path = f"/v1/charges/{_some(chance, 'ch')}/refund"
        return Ask("POST", path, tuple(form.items()), key)
    if where < 0.2:
        path = f"/v1/charges/{_some(chance, 'ch')}/refunds"
        return Ask("POST", path, tuple(form.items()), key)
    kind = "charge" if where < 0.5 else "payment_intent"
    form[kind] = _some(chance, "ch" if kind == "charge" else "pi")
    return Ask("POST", "/v1/refunds", tuple(form.items()), key)


def _advance(chance: random.Random) -> Ask:
    by = chance.choice(("30m", "3h", "3h", "1d", "2d", "4d", "7d", "10d", "46d"))
    return Ask("POST", "/v1/test_helpers/advance", (("by", by),))


def _top_up(chance: random.Random) -> Ask:
    currency = chance.choice(CURRENCIES)
    form = {"currency": currency, "amount": _amount(chance, currency, AMOUNTS)}
    return Ask("POST", "/v1/topups", tuple(form.items()))


def _update(chance: random.Random) -> Ask:
    form = {}
    if chance.random() < 0.4:
        form["amount"] = _amount(chance, "usd", AMOUNTS)
    if chance.random() < 0.4:
        form["payment_method"] = chance.choice(tuple(CARDS))
    if chance.random() < 0.4 or not form:
        form["metadata[order]"] = str(chance.randrange(9))
    if chance.random() < 0.2:
        form["application_fee_amount"] = "50"
    path = f"/v1/payment_intents/{_some(chance, 'pi')}"
    return Ask("POST", path, tuple(form.items()))


def _customer(chance: random.Random) -> Ask:
    email = f"ada{chance.randrange(9)}@example.com"
    return Ask("POST", "/v1/customers", (("email", email), ("name", "Ada")))


def _method(chance: random.Random) -> Ask:
    kind = chance.choice(("card", "sepa_debit", "us_bank_account", "ideal", "paypal"))
    form = [("type", kind)]
    if kind == "card":
        form.append(("card[token]", chance.choice(("tok_visa", "tok_createDispute"))))
    return Ask("POST", "/v1/payment_methods", tuple(form))


def _attach(chance: random.Random) -> Ask:
    path = f"/v1/payment_methods/{_some(chance, 'pm')}/attach"
    return Ask("POST", path, (("customer", _some(chance, "cus")),))


def _fund(chance: random.Random) -> Ask:
    form = (("amount", _amount(chance, "usd", PARTS)), ("currency", "usd"))
    path = f"/v1/test_helpers/customers/{_some(chance, 'cus')}/fund_cash_balance"
    return Ask("POST", path, form)


def _cash_payment(chance: random.Random) -> Ask:
    form = (
        ("amount", _amount(chance, "usd", AMOUNTS)),
        ("currency", "usd"),
        ("customer", _some(chance, "cus")),
        ("payment_method", "pm_customer_balance"),
        ("confirm", "true"),
    )
    return Ask("POST", "/v1/payment_intents", form)


def _transfer(chance: random.Random) -> Ask:
    form = (
        ("amount", _amount(chance, "usd", PARTS)),
        ("currency", "usd"),
        ("destination", chance.choice(ACCOUNTS)),
        ("source_transaction", _some(chance, "ch")),
    )
    return Ask("POST", "/v1/transfers", form)


def _take_back(chance: random.Random) -> Ask:
    form = (("amount", str(chance.choice(PARTS))),) if chance.random() < 0.6 else ()
    if chance.random() < 0.6:
        return Ask("POST", f"/v1/transfers/{_some(chance, 'tr')}/reversals", form)
    path = f"/v1/application_fees/{_some(chance, 'fee')}/refunds"
    return Ask("POST", path, form)


def _end_refund(chance: random.Random) -> Ask:
    refund = _some(chance, "re")
    if chance.random() < 0.6:
        return Ask("POST", f"/v1/refunds/{refund}/cancel")
    return Ask("POST", f"/v1/test_helpers/refunds/{refund}/expire")


def _hook(chance: random.Random) -> Ask:
    kind = chance.choice(("*", "refund.failed"))
    form = (("url", "https://example.com/hook"), ("enabled_events[0]", kind))
    return Ask("POST", "/v1/webhook_endpoints", form)


_HOLES = {
    "refund": "re",
    "charge": "ch",
    "intent": "pi",
    "payment_intent": "pi",
    "customer": "cus",
    "method": "pm",
    "dispute": "du",
    "review": "prv",
    "topup": "tu",
    "event": "evt",
    "transaction": "txn",
    "webhook_endpoint": "we",
}
"""By what a path names, the kind of object that it means."""


def _anything(chance: random.Random) -> Ask:
    """Ask any endpoint there is for an object of the kind that its path names."""
    return _plainly(chance, chance.choice(ROUTES.endpoints))


def _plainly(chance: random.Random, endpoint: Endpoint) -> Ask:
    """Ask an endpoint for no more than what its path names."""
    path = endpoint.path
    for hole in re.findall(r"\{(\w+)\}", path):
        kind = _HOLES.get(hole)
        if kind is None:
            fees = "application_fees" in path
            kind = {"back": "fr" if fees else "trr"}.get(hole, "fee" if fees else "tr")
        path = path.replace(f"{{{hole}}}", _some(chance, kind), 1)
    form: tuple[tuple[str, str], ...] = ()
    if path.endswith("/search"):
        of_people = "customers" in path
        asked = 'email:"ada1@example.com"' if of_people else 'status:"succeeded"'
        form = (("query", asked),)
    return Ask(endpoint.method, path, form)


_WEIGHTS: Mapping[Callable[[random.Random], Ask], int] = {
    _pay: 24,
    _debit: 5,
    _confirm: 7,
    _capture: 8,
    _cancel: 7,
    _refund: 26,
    _advance: 9,
    _top_up: 2,
    _update: 3,
    _customer: 2,
    _method: 2,
    _attach: 3,
    _fund: 2,
    _cash_payment: 2,
    _transfer: 2,
    _take_back: 3,
    _end_refund: 6,
    _hook: 1,
    _anything: 14,
}


def _perhaps_for_another(chance: random.Random, ask: Ask) -> Ask:
    """Ask now and then in the name of a connected account."""
    if "/test_helpers/" in ask.path or chance.random() > 0.05:
        return ask
    return replace(ask, account=chance.choice(ACCOUNTS))


def story(seed: int, length: int) -> list[Ask]:
    """Return the story of a seed: payers, agents and the world, in any order.

    In its last third every endpoint there is is asked once besides.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable by seed, on purpose
    makers = chance.choices(
        tuple(_WEIGHTS),
        tuple(_WEIGHTS.values()),
        k=max(length - len(ROUTES.endpoints), 1),
    )
    asks = [_perhaps_for_another(chance, make(chance)) for make in makers]
    tour = [_plainly(chance, one) for one in ROUTES.endpoints]
    for ask in chance.sample(tour, len(tour)):
        asks.insert(chance.randrange(2 * len(asks) // 3, len(asks)), ask)
    return asks


def shortest(asks: Sequence[Ask], fails: Callable[[Sequence[Ask]], bool]) -> list[Ask]:
    """Leave out of a failing story what it fails without, a piece at a time."""
    left, size = list(asks), max(len(asks) // 2, 1)
    while True:
        at = 0
        while at < len(left):
            tried = left[:at] + left[at + size :]
            if fails(tried):
                left = tried
            else:
                at += size
        if size == 1:
            return left
        size //= 2
