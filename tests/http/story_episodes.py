"""Episodes: requests that belong together, so that a story comes deep into states."""

from __future__ import annotations

import random

import story_asks as one
from story_request import Ask


def _of(kind: str, verb: str, *form: tuple[str, str], account: str = "") -> Ask:
    path = f"/v1/payment_intents/{{{kind}:-1}}/{verb}"
    return Ask("POST", path, form, account=account or None)


def _refund(*form: tuple[str, str], of: str = "pi", account: str = "") -> Ask:
    named = (("payment_intent", f"{{{of}:-1}}"), *form)
    return Ask("POST", "/v1/refunds", named, account=account or None)


def debit(chance: random.Random) -> list[Ask]:
    """Refund a bank debit while it is processing, then cancel it or let it settle."""
    parts = [_refund(("amount", "100")) for _ in range(chance.randrange(3))]
    whole = [_refund()] if chance.random() < 0.5 else []
    then = chance.choice((_of("pi", "cancel"), one.advance(chance)))
    return [one.debit(chance), *parts, *whole, then]


def in_parts(chance: random.Random) -> list[Ask]:
    """Capture a payment in parts, refund between them, end it somehow."""
    part = ("amount_to_capture", "100"), ("final_capture", "false")
    said = ("payment_method_options[card][request_multicapture]", "if_available")
    manual = ("capture_method", "manual")
    asks = [one.paying(chance, "pm_card_visa", manual, said)]
    for _ in range(chance.randrange(1, 4)):
        asks.append(_of("pi", "capture", *part))
        if chance.random() < 0.5:
            asks.append(_refund(("amount", chance.choice(("50", "100", "200")))))
    last = (_of("pi", "cancel"), _of("pi", "capture"), one.advance(chance))
    return [*asks, chance.choice(last)]


def disputed(chance: random.Random) -> list[Ask]:
    """Refund a payment before or after its customer objects; give the dispute up."""
    kind = chance.choice(("createDispute", "createDisputeInquiry"))
    asks = [one.paying(chance, f"pm_card_{kind}")]
    if chance.random() < 0.4:
        asks.append(_refund(("amount", "100")))
    asks.append(Ask("POST", "/v1/test_helpers/advance", (("by", "4d"),)))
    asks.append(_refund())
    if chance.random() < 0.6:
        asks.append(Ask("POST", "/v1/disputes/{needing:-1}/close"))
    return [*asks, _refund()]


def queue(chance: random.Random) -> list[Ask]:
    """Let refunds wait for funds; bring a little at a time."""
    method = chance.choice(("pm_card_visa", "pm_card_mastercard", "pm_card_amex"))
    currency = chance.choice(("usd", "usd", "eur", "jpy"))
    asks: list[Ask] = []
    for amount in chance.sample(("5000", "1000", "2500", "12000"), 3):
        named = (("amount", amount), ("currency", currency))
        paid = (*named, ("confirm", "true"), ("payment_method", method))
        asks += (Ask("POST", "/v1/payment_intents", paid), _refund())
    for _ in range(chance.randrange(1, 4)):
        amount = one.an_amount(chance, currency, (500, 1_000, 2_500, 5_000))
        brought = Ask(
            "POST", "/v1/topups", (("amount", amount), ("currency", currency))
        )
        asks.append(chance.choice((brought, one.refund(chance))))
    return asks


def saved(chance: random.Random) -> list[Ask]:
    """Save a card for a customer; the customer pays with it, and another tries to."""
    card = (("type", "card"), ("card[token]", "tok_visa"))
    by = ("customer", "{cus:-1}")
    return [
        one.customer(chance),
        Ask("POST", "/v1/payment_methods", card),
        Ask("POST", "/v1/payment_methods/{pm:-1}/attach", (by,)),
        one.paying(chance, "{pm:-1}", by),
        _refund(("amount", "100")),
        one.paying(chance, "{pm:-1}", ("customer", "{cus:-2}")),
        chance.choice((Ask("POST", "/v1/payment_methods/{pm:-1}/detach"), _refund())),
    ]


def direct(chance: random.Random) -> list[Ask]:
    """Pay a connected account, and refund from its balance."""
    name = chance.choice(("ann", "bob"))
    account, of = f"acct_{name}", f"refundable_of_{name}"
    fee = (("application_fee_amount", "20"),) if chance.random() < 0.6 else ()
    method = chance.choice(("pm_card_visa", "pm_card_bypassPending", "pm_sepa_debit"))
    back = (("refund_application_fee", "true"),) if chance.random() < 0.4 else ()
    return [
        one.paying(chance, method, *fee, account=account),
        _refund(("amount", "100"), *back, of=of, account=account),
        one.advance(chance),
        _refund(*back, of=of, account=account),
        _refund(of=of, account=chance.choice(("", "acct_ann", "acct_bob"))),
    ]


def destination(chance: random.Random) -> list[Ask]:
    """Share a payment, and take the share back with refunds and by itself."""
    to = ("transfer_data[destination]", chance.choice(one.ACCOUNTS))
    shares = (("application_fee_amount", "50"), ("transfer_data[amount]", "300"))
    method = chance.choice(("pm_card_visa", "pm_card_bypassPending", "pm_sepa_debit"))
    back = ("reverse_transfer", "true"), ("refund_application_fee", "true")
    asks = [
        one.paying(chance, method, to, *chance.sample(shares, chance.randrange(2))),
        _refund(("amount", "100"), *back[: chance.randrange(3)], of="shared"),
        one.advance(chance),
        Ask("POST", "/v1/transfers/{tr:-1}/reversals", (("amount", "100"),)),
        Ask("POST", "/v1/application_fees/{fee:-1}/refunds", (("amount", "10"),)),
        _refund(*back[: chance.randrange(3)], of="shared"),
    ]
    return [ask for ask in asks if chance.random() < 0.8]


def cash(chance: random.Random) -> list[Ask]:
    """Pay from what a customer sent before, too little or enough."""
    sent = (("amount", chance.choice(("500", "20000"))), ("currency", "usd"))
    path = "/v1/test_helpers/customers/{cus:-1}/fund_cash_balance"
    paid = (
        ("amount", "5000"),
        ("currency", "usd"),
        ("customer", "{cus:-1}"),
        ("payment_method", "pm_customer_balance"),
        ("confirm", "true"),
    )
    asks = [Ask("POST", path, sent), Ask("POST", "/v1/payment_intents", paid)]
    chance.shuffle(asks)
    return [one.customer(chance), *asks, Ask("POST", path, sent), _refund()]


def asked(chance: random.Random) -> list[Ask]:
    """Refund what only the customer can say where to: an answer, or none, or an end."""
    named = ("pm_multibanco", "pm_konbini", "pm_oxxo", "pm_boleto", "pm_p24")
    email = ("instructions_email", "ada@example.com")
    ends = (
        Ask("POST", "/v1/refunds/{asking:-1}/cancel"),
        Ask("POST", "/v1/test_helpers/refunds/{asking:-1}/expire"),
        one.advance(chance),
    )
    return [
        one.paying(chance, chance.choice(named)),
        Ask("POST", "/v1/test_helpers/advance", (("by", "4d"),)),
        _refund(("amount", "100"), email),
        chance.choice(ends),
        _refund(email),
        chance.choice(ends),
    ]


def review(chance: random.Random) -> list[Ask]:
    """Take a payment that is reviewed, and end its review in some way."""
    manual = (("capture_method", "manual"),) if chance.random() < 0.4 else ()
    ends = (
        Ask("POST", "/v1/reviews/{prv:-1}/approve"),
        _refund(("reason", "fraudulent")),
        _of("pi", "cancel"),
        _of("pi", "capture"),
    )
    return [
        one.paying(chance, "pm_card_riskLevelElevated", *manual),
        *chance.sample(ends, 2),
    ]


def again(chance: random.Random) -> list[Ask]:
    """Try a payment that failed once more; refund by each of its charges."""
    failing = chance.choice(("pm_card_chargeDeclined", "pm_sepa_debit_fails"))
    return [
        one.paying(chance, failing),
        Ask("POST", "/v1/test_helpers/advance", (("by", "4d"),)),
        _of("pi", "confirm", ("payment_method", "pm_card_visa")),
        Ask("POST", "/v1/refunds", (("charge", "{ch:-2}"),)),
        Ask("POST", "/v1/refunds", (("charge", "{ch:-1}"), ("amount", "100"))),
        _refund(),
    ]


EPISODES = (
    *(debit, debit, in_parts, in_parts, disputed, queue, queue, saved, direct),
    *(destination, destination, cash, asked, review, again),
)
