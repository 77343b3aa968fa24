"""Cash balance: customers transfer money, which pays what waits for it."""

from dataclasses import replace

from store import refusals
from store.cards import TestMethod
from store.errors import Refused
from store.limits import why_not_move
from store.method import Method
from store.money import Money
from store.payment import Customer, Intent, IntentStatus
from store.refusals import methods as method_refusals
from store.shape.cash import CASH, cash_of, funded_shape
from store.shape.kept import is_alone, is_manual, types_asked, why_not_with
from store.shape.objects import Json, intent_shape, previous_attributes
from store.sql import customers, reads
from store.sql.transaction import Transaction
from store.verbs.confirming import confirm, settles_in
from store.verbs.pay import Paid

METHOD = "customer_balance"


def wait(tx: Transaction, intent: Intent, token: str | None) -> str:
    """Let an intent wait for a bank transfer, unless enough is there; return its id.

    Raises:
        Refused: It is nobody's: there is no balance to pay it from.
    """
    customer = reads.customer(tx.connection, intent.customer or "")
    if customer is None:
        raise Refused(method_refusals.customer_needed())
    types = types_asked(intent.extra)
    refusal = why_not_with(METHOD, types, intent.extra)
    if refusal is None and is_alone(intent.extra) and not _is_covered(customer, intent):
        refusal = method_refusals.action_needed()
    if refusal:
        raise Refused(refusal)
    waits = replace(
        intent,
        status=IntentStatus.REQUIRES_ACTION,
        payment_method=token,
        method_types=types or (METHOD,),
    )
    tx.set_intent(waits)
    shape = intent_shape(waits)
    was = previous_attributes(intent_shape(intent), shape)
    kind = "payment_intent.requires_action"
    tx.tell(kind, shape, previous=was, payment=intent.id)
    tx.touch(intent.id)
    _apply(tx, customer, intent.money.currency)
    return intent.id


def _is_covered(customer: Customer, intent: Intent) -> bool:
    return intent.money.amount <= cash_of(customer, intent.money.currency)


def fund(tx: Transaction, given: str, money: Money, reference: str | None) -> Json:
    """Add to what a customer has transferred, and pay what waits for it.

    Raises:
        Refused: There is no such customer, or the amount is none.
    """
    customer = reads.customer(tx.connection, given)
    if customer is None:
        raise Refused(refusals.no_such("customer", given, "customer"))
    if refusal := why_not_move(money):
        raise Refused(refusal)
    held = cash_of(customer, money.currency) + money.amount
    _keep(tx, customer, Money(held, money.currency))
    given = tx.ids.new("ccsbtxn")
    shape = funded_shape(
        given, customer.id, money, held=held, at=tx.now, reference=reference
    )
    tx.tell("customer_cash_balance_transaction.created", shape)
    _apply(tx, reads.customer(tx.connection, customer.id) or customer, money.currency)
    return shape


def _keep(tx: Transaction, customer: Customer, cash: Money) -> None:
    held = customer.extra.get(CASH)
    kept = {**(held if isinstance(held, dict) else {}), cash.currency: cash.amount}
    after = replace(customer, extra={**customer.extra, CASH: kept})
    customers.rewrite(tx.connection, after)


def _apply(tx: Transaction, customer: Customer, currency: str) -> None:
    """Pay what waits for transfers in a currency, oldest first, while it lasts."""
    left = cash_of(customer, currency)
    for intent in reads.waiting_intents(tx.connection, customer.id, currency):
        held = is_manual(intent.capture_method, METHOD, intent.extra)
        payable = METHOD in intent.method_types and not held
        if not payable or intent.money.amount > left:
            continue
        paid = Paid(
            money=intent.money,
            method=TestMethod(Method(METHOD)),
            token=intent.payment_method,
            settles_in=settles_in(tx, intent),
        )
        confirm(tx, intent, paid)
        after = reads.intent(tx.connection, intent.id)
        if after and after.status is not IntentStatus.REQUIRES_PAYMENT_METHOD:
            left -= intent.money.amount
            _keep(tx, customer, Money(left, currency))
