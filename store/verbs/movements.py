"""Movements: the balance transaction that goes with each posting."""

from dataclasses import dataclass, replace
from datetime import datetime

from store.balance import Topup
from store.ledger import refund_returned, refund_sent
from store.money import Money
from store.outcome import Movement
from store.payment import Charge
from store.refund import Refund
from store.shape.objects import movement_type
from store.sql.transaction import Transaction
from store.verbs.pricing import price, priced


@dataclass(frozen=True, slots=True)
class Sort:
    """What kind of movement it is, by the API's names."""

    type: str
    category: str
    description: str | None = None


def movement(
    tx: Transaction,
    source: str,
    money: Money,
    sort: Sort,
    *,
    fee: int = 0,
    holder: str | None = None,
    rate: str | None = None,
    later: datetime | None = None,
) -> Movement:
    """Write a balance transaction, available now or `later`; return it."""
    made = Movement(
        id=tx.ids.new("txn"),
        type=sort.type,
        money=money,
        fee=fee,
        net=money.amount - fee,
        created=tx.now,
        available_on=later or tx.now,
        status="pending" if later else "available",
        source=source,
        description=sort.description,
        reporting_category=sort.category,
        exchange_rate=rate,
        holder=holder,
    )
    tx.add_movement(made)
    return made


def topup(tx: Transaction, given: Topup) -> Movement:
    """Write the movement of own money arriving."""
    said = str(given.extra.get("description") or "Top-up")
    return movement(tx, given.id, given.money, Sort("topup", "topup", said))


def auto_debit(tx: Transaction, source: str, money: Money) -> Movement:
    """Write the movement of the own bank paying what the balance lacks."""
    sort = Sort("auto_debit", "topup", "Automatic debit")
    return movement(tx, source, money, sort)


def send(tx: Transaction, refund: Refund, charge: Charge) -> Refund:
    """Take a refund's money from the balance, at the day's rate where it is converted.

    Return the refund with its price and its movement.
    """
    kind, category, said = movement_type(charge.method, returned=False)
    if charge.description and kind == "refund":
        said = f"{said} ({charge.description})"
    sort = Sort(kind, category, said)
    going = priced(tx, refund, charge)
    rate = price(tx, charge, refund.money).rate
    tx.post(*refund_sent(going))
    holder = refund.holder
    sent = movement(tx, refund.id, -going.takes, sort, holder=holder, rate=rate)
    return replace(going, balance_transaction=sent.id)


def bring_back(tx: Transaction, refund: Refund, charge: Charge, code: str) -> Refund:
    """Return a refund's money to the balance, where any had moved.

    A converted one returns at the rate of the day.
    """
    if not refund.has_moved_money:
        return refund
    # Money that an import says was sent is at the network already.
    sent_here = tx.has_posting("refund", refund.id)
    settled = tx.has_posting("refund_settled", refund.id) or not sent_here
    back = price(tx, charge, refund.money)
    tx.post(*refund_returned(refund, back.money, settled=settled, code=code))
    sort = Sort(*movement_type(charge.method, returned=True))
    holder = refund.holder
    made = movement(tx, refund.id, back.money, sort, holder=holder, rate=back.rate)
    return replace(refund, failure_balance_transaction=made.id)
