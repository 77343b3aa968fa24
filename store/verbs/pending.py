"""Pending: the queue of waiting refunds and the balances that they wait for."""

from dataclasses import replace

from store.balance import Balance, Incoming, PendingRefunds, Waiting, needs
from store.ledger import Account
from store.money import Money, zero
from store.refund import Refund
from store.sql import Connection, reads
from store.sql.queue import (
    account_currencies,
    connected_purses,
    customers,
    incoming,
)


def read(connection: Connection) -> PendingRefunds:
    """Return every refund that waits, with what its currency holds and misses."""
    waiting = reads.waiting(connection)
    known = {one.takes.currency for one in waiting} | account_currencies(connection)
    balances = tuple(_balance(connection, waiting, one) for one in sorted(known))
    connected = tuple(
        _balance(connection, waiting, currency, holder)
        for holder, currency in connected_purses(connection)
    )
    names = customers(connection, tuple(one.charge or "" for one in waiting))
    rows: list[Waiting] = []
    for balance in (*balances, *connected):
        queue = [r for r in waiting if r.is_held and _pays(r, balance)]
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
    return PendingRefunds(balances, tuple(rows), coming, connected)


def _balance(
    connection: Connection,
    waiting: tuple[Refund, ...],
    currency: str,
    holder: str | None = None,
) -> Balance:
    empty = Balance(
        available=reads.available(connection, currency, holder),
        pending=reads.of_account(connection, Account.PENDING, currency, holder),
        held=zero(currency),
        holder=holder,
    )
    held = [one.takes for one in waiting if one.is_held and _pays(one, empty)]
    return replace(empty, held=sum(held, zero(currency)))


def _pays(refund: Refund, balance: Balance) -> bool:
    """Tell whether it is this balance that a refund waits for."""
    same = refund.takes.currency == balance.held.currency
    return same and refund.holder == balance.holder
