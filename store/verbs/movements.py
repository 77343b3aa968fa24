"""Movements: the balance transaction that goes with each posting."""

from dataclasses import replace

from store.ledger import refund_returned, refund_sent
from store.money import Money
from store.outcome import Movement
from store.payment import Charge
from store.refund import Refund
from store.shape import movement_type
from store.sql.transaction import Transaction


def topup(tx: Transaction, source: str, money: Money) -> Movement:
    """Return the movement of own money arriving."""
    return _arrival(tx, source, money, ("topup", "Top-up"))


def auto_debit(tx: Transaction, source: str, money: Money) -> Movement:
    """Return the movement of the own bank paying what the balance lacks."""
    return _arrival(tx, source, money, ("auto_debit", "Automatic debit"))


def _arrival(
    tx: Transaction, source: str, money: Money, kind: tuple[str, str]
) -> Movement:
    return Movement(
        id=tx.ids.new("txn"),
        type=kind[0],
        money=money,
        fee=0,
        net=money.amount,
        created=tx.now,
        available_on=tx.now,
        status="available",
        source=source,
        description=kind[1],
        reporting_category="topup",
    )


def send(tx: Transaction, refund: Refund, charge: Charge) -> Refund:
    """Take a refund's money from the balance; return the refund with its movement."""
    kind, category, text = movement_type(charge.method, returned=False)
    if charge.description and kind == "refund":
        text = f"{text} ({charge.description})"
    movement = _of_refund(tx, refund, -refund.takes, (kind, category, text))
    tx.post(refund_sent(refund))
    tx.add_movement(movement)
    return replace(refund, balance_transaction=movement.id)


def bring_back(tx: Transaction, refund: Refund, charge: Charge, code: str) -> Refund:
    """Return a refund's money to the balance, where any had moved."""
    if not refund.has_moved_money:
        return refund
    settled = tx.has_posting("refund_settled", refund.id)
    movement = _of_refund(
        tx, refund, refund.takes, movement_type(charge.method, returned=True)
    )
    tx.post(refund_returned(refund, settled=settled, code=code))
    tx.add_movement(movement)
    return replace(refund, failure_balance_transaction=movement.id)


def _of_refund(
    tx: Transaction, refund: Refund, money: Money, kind: tuple[str, str, str]
) -> Movement:
    return Movement(
        id=tx.ids.new("txn"),
        type=kind[0],
        money=money,
        fee=0,
        net=money.amount,
        created=tx.now,
        available_on=tx.now,
        status="available",
        source=refund.id,
        description=kind[2],
        reporting_category=kind[1],
    )
