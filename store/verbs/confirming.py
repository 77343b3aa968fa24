"""Confirming: an intent that waits for its customer is changed, and paid."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from store import refusals
from store.cards import CARDS, TestMethod
from store.connect import FEE, Share, asked_share
from store.errors import Refusal, Refused
from store.limits import why_not_charge
from store.method import why_not_by_hand
from store.money import Money
from store.payment import Intent, IntentStatus
from store.payment_method import why_not_pay_with
from store.rates import convert
from store.refusals import methods as method_refusals
from store.shape.kept import is_manual, types_asked, why_not_with
from store.shape.objects import intent_shape
from store.sql import Connection, lists, reads, tags
from store.sql.transaction import Transaction
from store.verbs import pay
from store.verbs.judging import judged
from store.verbs.pay import Paid

ANY_METHOD = ("card",)
"""With what an intent may be paid, as the API tells it, where nobody has said."""


def check_amount(
    tx: Transaction, money: Money, method: str, settles_in: str | None
) -> None:
    """Refuse an amount that nobody can pay.

    Raises:
        Refused: It is too little or too much, or none that the currency can express.
    """
    rate = tx.rates.rate(money.currency, settles_in, tx.now) if settles_in else None
    converted = convert(money, settles_in, rate) if settles_in and rate else None
    if refusal := why_not_charge(money, method, converted):
        raise Refused(refusal)


def settles_in(tx: Transaction, intent: Intent) -> str | None:
    """Return what an intent is converted to when it is paid; None where it is not."""
    own = tx.settings.settlement_currency
    shared = bool(intent.extra.get("transfer_data"))
    if shared or own is None or own == intent.money.currency:
        return None
    return own if tx.rates.rate(intent.money.currency, own, tx.now) else None


def check_capture(
    capture_method: str, types: Iterable[str], extra: Mapping[str, object]
) -> None:
    """Refuse to hold money for a capture by hand with a method that cannot.

    Raises:
        Refused: One of the types takes all of it at once, or days later.
    """
    held = [one for one in types if is_manual(capture_method, one, extra)]
    if refusal := why_not_by_hand(held):
        raise Refused(refusal)


def share_of(asked: Share | Refusal | None) -> Share | None:
    """Return how a payment is to be shared.

    Raises:
        Refused: It cannot be.
    """
    if isinstance(asked, Refusal):
        raise Refused(asked)
    return asked


def method_of(connection: Connection, given: str) -> TestMethod:
    """Return a payment method by its test name, or by the id of one that was made.

    Raises:
        Refused: There is none.
    """
    if found := CARDS.get(given):
        return found
    made = lists.find(connection, lists.METHODS, given)
    if made is None:
        raise Refused(refusals.no_such("payment_method", given, "payment_method"))
    return made.test


def check_owner(tx: Transaction, token: str | None, customer: str | None) -> None:
    """Refuse to charge what is another customer's; test names are everybody's.

    Raises:
        Refused: It belongs to another, or to somebody where nobody is to pay.
    """
    made = lists.find(tx.connection, lists.METHODS, token) if token else None
    if made and (refusal := why_not_pay_with(made, customer)):
        raise Refused(refusal)


def begin(tx: Transaction, paid: Paid) -> str:
    """Write an intent that nobody has paid yet; return its id."""
    intent = Intent(
        id=tx.ids.new("pi"),
        money=paid.money,
        status=IntentStatus.REQUIRES_PAYMENT_METHOD,
        created=tx.now,
        capture_method=paid.capture_method,
        customer=pay.known(tx, paid),
        description=paid.description,
        method_types=paid.types or ANY_METHOD,
        receipt_email=paid.receipt_email,
        metadata=paid.metadata,
        extra=pay.kept_of(paid),
    )
    tx.add_intent(intent)
    if paid.token:
        intent = replace(
            intent,
            status=IntentStatus.REQUIRES_CONFIRMATION,
            payment_method=paid.token,
        )
        tx.set_intent(intent)
    tx.tell("payment_intent.created", intent_shape(intent), payment=intent.id)
    tags.put(tx.connection, [(intent.id, intent.metadata)], new=True)
    tx.touch(intent.id)
    return intent.id


def why_not_confirm(intent: Intent) -> Refusal | None:
    """Return why an intent cannot be confirmed any more, or None when it can."""
    if intent.status.value not in method_refusals.OPEN_INTENTS:
        return method_refusals.not_confirmable(intent.status)
    return None


def paid_by(tx: Transaction, intent: Intent, paid: Paid) -> Paid:
    """Return what is paid when an intent is: all that was said when it began."""
    customer = reads.customer(tx.connection, intent.customer or "")
    return replace(
        paid,
        money=intent.money,
        capture_method=intent.capture_method,
        customer=customer,
        description=intent.description,
        metadata=intent.metadata,
        receipt_email=paid.receipt_email or intent.receipt_email,
        share=paid.share or share_of(shared(intent)),
        types=types_asked(intent.extra),
        extra=intent.extra,
    )


def shared(intent: Intent, account: str | None = None) -> Share | Refusal | None:
    """Return how an intent is to be shared, as its keys say.

    It is the `account`'s own where one is given.
    """
    data, fee = intent.extra.get("transfer_data"), intent.extra.get(FEE)
    said = {k: v for k, v in data.items() if v} if isinstance(data, dict) else None
    behalf = intent.extra.get("on_behalf_of")
    return asked_share(
        intent.money,
        said,
        fee if isinstance(fee, int) else None,
        str(behalf) if behalf else None,
        account,
    )


def confirm(tx: Transaction, intent: Intent, paid: Paid) -> str:
    """Charge an intent that waits; return its id."""
    whole = paid_by(tx, intent, paid)
    type_ = whole.method.method.type
    if refusal := why_not_with(type_, whole.types, whole.extra):
        raise Refused(refusal)
    check_amount(tx, whole.money, type_, whole.settles_in)
    check_capture(whole.capture_method, (type_,), whole.extra)
    pay.check_conversion(tx, whole)
    charge = judged(tx, pay.charge_of(tx, whole, intent.customer), whole.customer)
    charge = replace(charge, payment_intent=intent.id)
    after = replace(
        pay.charged(intent, charge, manual=whole.manual),
        payment_method=whole.token,
        method_types=whole.types or (charge.method.type,),
        receipt_email=whole.receipt_email,
    )
    tx.set_intent(after)
    return pay.carry_on(tx, whole, after, charge, (charge.id,))


def only_method(types: tuple[str, ...]) -> str:
    """Return the method that pays, where there is but one."""
    return types[0] if len(types) == 1 else ""


def holder_of(tx: Transaction, intent: Intent) -> str | None:
    """Return the account in whose name an intent was tried before, if it was."""
    charge = reads.charge(tx.connection, intent.latest_charge or "")
    return charge.share.holder if charge and charge.share else None
