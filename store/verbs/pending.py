"""Pending: the queue of waiting refunds and the balances that they wait for."""

from store.balance import Balance, Incoming, PendingRefunds, Waiting, needs
from store.ledger import Account
from store.money import Money, zero
from store.refund import Refund
from store.sql import Connection, reads
from store.sql.queue import account_currencies, customers, incoming


def read(connection: Connection) -> PendingRefunds:
    """Return every refund that waits, with what its currency holds and misses."""
    waiting = reads.waiting(connection)
    known = {one.takes.currency for one in waiting} | account_currencies(connection)
    balances = tuple(
        Balance(
            available=reads.available(connection, currency),
            pending=reads.of_account(connection, Account.PENDING, currency),
            held=_held(waiting, currency),
        )
        for currency in sorted(known)
    )
    names = customers(connection, tuple(one.charge or "" for one in waiting))
    rows: list[Waiting] = []
    for balance in balances:
        currency = balance.held.currency
        queue = [r for r in waiting if r.is_held and r.takes.currency == currency]
        missing = needs(queue, balance.available)
        for place, (refund, need) in enumerate(zip(queue, missing, strict=True), 1):
            payment, who = names.get(refund.charge or "", (refund.id, None))
            rows.append(Waiting(refund, payment, who, place, need))
    for refund in waiting:
        if not refund.is_held:
            payment, who = names.get(refund.charge or "", (refund.id, None))
            nothing = zero(refund.takes.currency)
            rows.append(Waiting(refund, payment, who, None, nothing))
    coming = tuple(Incoming(at, Money(n, cur)) for at, n, cur in incoming(connection))
    return PendingRefunds(balances, tuple(rows), coming)


def _held(waiting: tuple[Refund, ...], currency: str) -> Money:
    held = [one.takes for one in waiting if one.is_held]
    return sum((m for m in held if m.currency == currency), zero(currency))
