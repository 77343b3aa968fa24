"""Sharing: a captured charge's transfer and application fee, and their maturing."""

from dataclasses import replace
from datetime import datetime

from store.connect import ConnectType, Share
from store.ledger import fee_collected, maturing, transferred
from store.money import Money
from store.outcome import Movement
from store.payment import Charge
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.movements import Sort, movement
from store.verbs.release import release

_TRANSFER = Sort("transfer", "transfer")
_RECEIVED = Sort("payment", "charge")
_FEE = Sort("application_fee", "platform_earning")


def share_out(tx: Transaction, charge: Charge, net: Money) -> Charge:
    """Give a charge's parts out as it is taken; return it with their ids.

    They become available with it. The fee is no more than what there is to take it
    from: the transfer, or the net of a connected account's own charge.
    """
    share, settled = charge.share, charge.settlement
    if share is None or share.account is None or settled is None:
        return charge
    later = charge.available_on
    if share.type is ConnectType.DIRECT:
        return replace(charge, share=_fee(tx, share, share.account, net, later))
    money = share.transferred
    money = money if money and money <= settled else settled
    given = tx.ids.new("tr")
    tx.post(transferred(money, given, share.account, available=False))
    movement(tx, given, -money, _TRANSFER, later=later)
    done = replace(share, transfer=given, transferred=money)
    done = _fee(tx, done, share.account, money, later)
    fee = done.fee_money.amount if done.fee_money else 0
    holder = share.account
    movement(tx, given, money, _RECEIVED, fee=fee, holder=holder, later=later)
    return replace(charge, share=done)


def _fee(
    tx: Transaction, share: Share, account: str, most: Money, later: datetime | None
) -> Share:
    """Collect the application fee, where there is one."""
    fee = application_fee(share, most)
    if fee is None:
        return replace(share, fee_money=None)
    given = tx.ids.new("fee")
    tx.post(fee_collected(fee, given, account))
    movement(tx, given, fee, _FEE, later=later)
    return replace(share, fee=given, fee_money=fee)


def application_fee(share: Share | None, most: Money) -> Money | None:
    """Return the application fee that `most` leaves room for, if there is one."""
    if share is None or share.fee_money is None:
        return None
    return min(share.fee_money, most) or None


def hand_over(tx: Transaction, charge: Charge, account: str, money: Money) -> Charge:
    """Transfer a part of a charge that was taken before; return it with its share."""
    waits = charge.available_on is not None and charge.available_on > tx.now
    later = charge.available_on if waits else None
    given = tx.ids.new("tr")
    tx.post(transferred(money, given, account, available=not waits))
    movement(tx, given, -money, _TRANSFER, later=later)
    movement(tx, given, money, _RECEIVED, holder=account, later=later)
    share = Share(ConnectType.SEPARATE, account, transfer=given, transferred=money)
    return replace(charge, share=share)


def mature(tx: Transaction, earned: Movement, charge: Charge | None) -> None:
    """Make a charge's income available, with all that was given of it."""
    together = [earned]
    share = charge.share if charge and not charge.imported else None
    if share is not None:
        given = tuple(filter(None, (share.transfer, share.fee)))
        parts = reads.movements_of(tx.connection, given)
        together += [one for one in parts if one.status == "pending"]
    for holder in dict.fromkeys(one.holder for one in together):
        mine = [one for one in together if one.holder == holder]
        net = Money(sum(one.net for one in mine), earned.money.currency)
        if net:
            tx.post(maturing(net, earned.id, holder))
        for one in mine:
            tx.mature(one)


def release_earned(tx: Transaction, charge: Charge) -> None:
    """Let refunds go that waited for what a charge has brought, at all who share it."""
    account = charge.share.account if charge.share else None
    for holder in dict.fromkeys((None, account)):
        release(tx, charge.settlement_currency, holder)
