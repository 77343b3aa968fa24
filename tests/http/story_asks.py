"""Single requests of a story, each made by chance."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import replace

from story_request import AGAIN, Ask

from store.cards import CARDS
from store.http.endpoints import ROUTES
from store.http.routes import Endpoint

CURRENCIES = ("usd",) * 6 + ("eur", "gbp", "jpy", "krw", "kwd", "bhd", "isk", "ugx")
STEPS = {"kwd": 10, "bhd": 10, "isk": 100, "ugx": 100}
"""What amounts of a currency are divisible by; others by one."""
AMOUNTS = (500, 1_000, 1_000, 2_500, 5_000, 5_000, 12_000, 50_000)
PARTS = (1, 50, 100, 400, 500, 501, 1_000, 1_001, 2_500, 4_999, 5_000, 5_001, 12_000)
ACCOUNTS = ("acct_ann", "acct_bob")
DEBITS = ("pm_us_bank_account", "pm_sepa_debit", "pm_sepa_debit_fails")
_MOSTLY = 0.8


def some(chance: random.Random, kind: str, fitting: str | None = None) -> str:
    """Name an object: mostly one that is fit for it, and recent; sometimes any."""
    fits = fitting is not None and chance.random() < _MOSTLY
    recent = chance.choice((-1, -1, -1, -2, -3, -5, -8))
    place = recent if fits or chance.random() < _MOSTLY else chance.randrange(99)
    return f"{{{fitting if fits else kind}:{place}}}"


def an_amount(chance: random.Random, currency: str, among: Sequence[int]) -> str:
    """Return an amount that a currency can express."""
    step = STEPS.get(currency, 1)
    return str(max(chance.choice(among) // step, 1) * step)


def _shared(chance: random.Random, amount: int) -> dict[str, str]:
    form = {"transfer_data[destination]": chance.choice(ACCOUNTS)}
    if chance.random() < 0.5:
        form["application_fee_amount"] = str(chance.choice((0, amount // 10, amount)))
    elif chance.random() < 0.3:
        form["transfer_data[amount]"] = str(amount // 2)
    return form


def paying(
    chance: random.Random, method: str, *more: tuple[str, str], account: str = ""
) -> Ask:
    """Let somebody pay at once by a method."""
    currency = chance.choice(CURRENCIES)
    form = (
        ("amount", an_amount(chance, currency, AMOUNTS)),
        ("currency", currency),
        ("payment_method", method),
        ("confirm", "true"),
        *more,
    )
    return Ask("POST", "/v1/payment_intents", form, account=account or None)


def pay(chance: random.Random) -> Ask:
    """Pay or promise to, in any way."""
    currency = chance.choice(CURRENCIES)
    amount = an_amount(chance, currency, AMOUNTS)
    form = {"amount": amount, "currency": currency}
    if chance.random() < 0.8:
        form["payment_method"] = chance.choice(tuple(CARDS))
        form["confirm"] = chance.choice(("true", "true", "true", "false"))
    if chance.random() < 0.3:
        form["capture_method"] = chance.choice(("manual", "manual", "automatic"))
    if chance.random() < 0.15:
        form |= _shared(chance, int(amount))
    if chance.random() < 0.25:
        form["customer"] = some(chance, "cus")
        if chance.random() < 0.4 and form.get("confirm"):
            form["payment_method"] = some(chance, "pm", "saved")
    return Ask("POST", "/v1/payment_intents", tuple(form.items()), _a_key(chance))


def debit(chance: random.Random) -> Ask:
    """Pay in a way that settles later: what follows meets it while it is processing."""
    return paying(chance, chance.choice(DEBITS))


def promise(chance: random.Random) -> Ask:
    """Pay by card, to be captured later."""
    method = chance.choice([name for name in CARDS if name.startswith("pm_card")])
    more = tuple(_shared(chance, 500).items()) if chance.random() < 0.2 else ()
    return paying(chance, method, ("capture_method", "manual"), *more)


def confirm(chance: random.Random) -> Ask:
    """Pay what was begun."""
    form = {}
    if chance.random() < 0.8:
        form["payment_method"] = chance.choice(tuple(CARDS))
    path = f"/v1/payment_intents/{some(chance, 'pi', 'confirmable')}/confirm"
    return Ask("POST", path, tuple(form.items()), _a_key(chance))


def capture(chance: random.Random) -> Ask:
    """Capture all or a part, once or in several parts."""
    form = {}
    if chance.random() < 0.6:
        currency = chance.choice(CURRENCIES)
        form["amount_to_capture"] = an_amount(chance, currency, PARTS)
    if chance.random() < 0.4:
        form["final_capture"] = chance.choice(("true", "false", "false"))
    if chance.random() < 0.2:
        form["application_fee_amount"] = chance.choice(("0", "10", "100"))
    if chance.random() < 0.3:
        amount = tuple(form.items())[:1] if "amount_to_capture" in form else ()
        named = tuple(("amount", value) for _, value in amount)
        charge = some(chance, "ch", "capturable_charge")
        return Ask("POST", f"/v1/charges/{charge}/capture", named, _a_key(chance))
    path = f"/v1/payment_intents/{some(chance, 'pi', 'capturable')}/capture"
    return Ask("POST", path, tuple(form.items()), _a_key(chance))


def cancel(chance: random.Random) -> Ask:
    """Cancel a payment in any state, mostly one that can be canceled."""
    form = (("cancellation_reason", "duplicate"),) if chance.random() < 0.3 else ()
    fitting = chance.choice(("cancelable", "capturable", "processing"))
    path = f"/v1/payment_intents/{some(chance, 'pi', fitting)}/cancel"
    return Ask("POST", path, form, _a_key(chance))


def refund(chance: random.Random) -> Ask:
    """Refund all or a part of a payment or of a charge."""
    form = {}
    if chance.random() < 0.6:
        form["amount"] = an_amount(chance, chance.choice(CURRENCIES), PARTS)
    if chance.random() < 0.2:
        form["reason"] = chance.choice(("duplicate", "fraudulent", "wrong"))
    if chance.random() < 0.5:
        form["instructions_email"] = "ada@example.com"
    shared = chance.random() < 0.15
    if shared and chance.random() < 0.7:
        form["reverse_transfer"] = "true"
    if shared and chance.random() < 0.5:
        form["refund_application_fee"] = "true"
    return _refunding(chance, form, shared=shared)


def _refunding(chance: random.Random, form: dict[str, str], *, shared: bool) -> Ask:
    key, where = _a_key(chance), chance.random()
    charge = some(chance, "ch", "refundable_charge")
    if where < 0.2 and not shared:
        path = f"/v1/charges/{charge}/{chance.choice(('refund', 'refunds'))}"
        return Ask("POST", path, tuple(form.items()), key)
    if where < 0.5 and not shared:
        form["charge"] = charge
    else:
        fitting = "shared" if shared else chance.choice(("refundable", "processing"))
        form["payment_intent"] = some(chance, "pi", fitting)
    return Ask("POST", "/v1/refunds", tuple(form.items()), key)


def _a_key(chance: random.Random) -> str | None:
    """Return now and then an idempotency key, and rarely one that was used before."""
    return f"key{chance.randrange(99)}" if chance.random() < 0.2 else None


def again(chance: random.Random) -> Ask:
    """Ask for the same once more, with the same key."""
    del chance
    return Ask("POST", AGAIN)


def advance(chance: random.Random) -> Ask:
    """Let time pass."""
    by = chance.choice(("30m", "3h", "3h", "1d", "2d", "4d", "7d", "10d", "46d"))
    return Ask("POST", "/v1/test_helpers/advance", (("by", by),))


def top_up(chance: random.Random) -> Ask:
    """Add own money to the balance."""
    currency = chance.choice(CURRENCIES)
    form = {"currency": currency, "amount": an_amount(chance, currency, AMOUNTS)}
    return Ask("POST", "/v1/topups", tuple(form.items()), _a_key(chance))


def update(chance: random.Random) -> Ask:
    """Change a payment, before it is paid or after."""
    form = {}
    if chance.random() < 0.4:
        form["amount"] = an_amount(chance, "usd", AMOUNTS)
    if chance.random() < 0.4:
        form["payment_method"] = chance.choice(tuple(CARDS))
    if chance.random() < 0.4 or not form:
        form["metadata[order]"] = str(chance.randrange(9))
    if chance.random() < 0.2:
        form["application_fee_amount"] = "50"
    path = f"/v1/payment_intents/{some(chance, 'pi', 'confirmable')}"
    return Ask("POST", path, tuple(form.items()))


def customer(chance: random.Random) -> Ask:
    """Make a customer."""
    email = f"ada{chance.randrange(9)}@example.com"
    return Ask("POST", "/v1/customers", (("email", email), ("name", "Ada")))


def method(chance: random.Random) -> Ask:
    """Make a payment method."""
    kind = chance.choice(("card", "sepa_debit", "us_bank_account", "ideal", "paypal"))
    form = [("type", kind)]
    if kind == "card":
        form.append(("card[token]", chance.choice(("tok_visa", "tok_createDispute"))))
    return Ask("POST", "/v1/payment_methods", tuple(form))


def attach(chance: random.Random) -> Ask:
    """Give a payment method to a customer."""
    path = f"/v1/payment_methods/{some(chance, 'pm', 'unsaved')}/attach"
    return Ask("POST", path, (("customer", some(chance, "cus")),))


def fund(chance: random.Random) -> Ask:
    """Let a customer send money that belongs to no payment yet."""
    form = (("amount", an_amount(chance, "usd", PARTS)), ("currency", "usd"))
    path = f"/v1/test_helpers/customers/{some(chance, 'cus')}/fund_cash_balance"
    return Ask("POST", path, form)


def cash_payment(chance: random.Random) -> Ask:
    """Let a customer pay from what was sent."""
    form = (
        ("amount", an_amount(chance, "usd", AMOUNTS)),
        ("currency", "usd"),
        ("customer", some(chance, "cus")),
        ("payment_method", "pm_customer_balance"),
        ("confirm", "true"),
    )
    return Ask("POST", "/v1/payment_intents", form)


def transfer(chance: random.Random) -> Ask:
    """Hand a part of a charge over to a connected account."""
    form = (
        ("amount", an_amount(chance, "usd", PARTS)),
        ("currency", "usd"),
        ("destination", chance.choice(ACCOUNTS)),
        ("source_transaction", some(chance, "ch", "refundable_charge")),
    )
    return Ask("POST", "/v1/transfers", form)


def take_back(chance: random.Random) -> Ask:
    """Take a transfer back, or give an application fee back."""
    form = (("amount", str(chance.choice(PARTS))),) if chance.random() < 0.6 else ()
    if chance.random() < 0.6:
        return Ask("POST", f"/v1/transfers/{some(chance, 'tr')}/reversals", form)
    path = f"/v1/application_fees/{some(chance, 'fee')}/refunds"
    return Ask("POST", path, form)


def end_refund(chance: random.Random) -> Ask:
    """Call a refund back, or end its waiting."""
    which = some(chance, "re", "asking")
    if chance.random() < 0.6:
        return Ask("POST", f"/v1/refunds/{which}/cancel")
    return Ask("POST", f"/v1/test_helpers/refunds/{which}/expire")


def close(chance: random.Random) -> Ask:
    """Give a dispute up."""
    return Ask("POST", f"/v1/disputes/{some(chance, 'du', 'needing')}/close")


def hook(chance: random.Random) -> Ask:
    """Ask to be told of what happens."""
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


_PAIRS = {
    "{charge}/refunds/{refund}": ("charge_of_refund", "refund"),
    "/transfers/{given}/reversals/{back}": ("transfer_of_reversal", "reversal"),
    "/application_fees/{given}/refunds/{back}": ("fee_of_fee_refund", "fee_refund"),
}
"""By the end of a path that names one object of another, what both are."""


def anything(chance: random.Random) -> Ask:
    """Ask any endpoint there is for an object of the kind that its path names."""
    return plainly(chance, chance.choice(ROUTES.endpoints))


def plainly(chance: random.Random, endpoint: Endpoint) -> Ask:
    """Ask an endpoint for no more than what its path names."""
    path = endpoint.path
    for end, pair in _PAIRS.items():
        if path.endswith(end):
            place = chance.choice((-1, -1, -2, -7))
            path = _within(path, [f"{{{kind}:{place}}}" for kind in pair])
    kinds = [_kind_of(hole, path) for hole in re.findall(r"\{(\w+)\}", path)]
    path = _within(path, [some(chance, kind) for kind in kinds])
    form: tuple[tuple[str, str], ...] = ()
    if path.endswith("/search"):
        of_people = "customers" in path
        asked = 'email:"ada1@example.com"' if of_people else 'status:"succeeded"'
        form = (("query", asked),)
    return Ask(endpoint.method, path, form)


def _kind_of(hole: str, path: str) -> str:
    return _HOLES.get(hole) or ("fee" if "application_fees" in path else "tr")


def _within(path: str, places: Sequence[str]) -> str:
    """Return a path with these places in its holes."""
    filled = path
    for place in places:
        filled = re.sub(r"\{\w+\}", place, filled, count=1)
    return filled


def for_another(chance: random.Random, ask: Ask) -> Ask:
    """Ask now and then in the name of a connected account."""
    if "/test_helpers/" in ask.path or chance.random() > 0.05:
        return ask
    return replace(ask, account=chance.choice(ACCOUNTS))
