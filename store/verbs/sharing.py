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


def share_out(
    tx: Transaction, charge: Charge, part: Money, net: Money, asked: Share | None
) -> Charge:
    """Give a charge's parts out as `part` of it is taken; return it with their ids.

    They become available with it. The fee is no more than what there is to take it
    from: the transfer, or the net of a connected account's own charge. What is `asked`
    is of the whole payment: earlier captures may have given some of it out.
    """
    share = charge.share
    if share is None or asked is None or share.account is None:
        return charge
    later = charge.available_on
    due = fee_due(share, asked, net)
    if share.type is ConnectType.DIRECT:
        return replace(charge, share=_collect(tx, share, share.account, due, later))
    money = _transfer_due(share, asked, part)
    if not money:
        return charge
    given = share.transfer or tx.ids.new("tr")
    tx.post(transferred(money, given, share.account, available=False))
    movement(tx, given, -money, _TRANSFER, later=later)
    before = share.transferred if share.transfer else None
    whole = before + money if before else money
    done = replace(share, transfer=given, transferred=whole)
    due = fee_due(share, asked, money)
    done = _collect(tx, done, share.account, due, later)
    fee = due.amount if due else 0
    holder = share.account
    movement(tx, given, money, _RECEIVED, fee=fee, holder=holder, later=later)
    return replace(charge, share=done)


def _transfer_due(share: Share, asked: Share, part: Money) -> Money:
    """Return how much is transferred of what is taken now."""
    if asked.transferred is None:
        return part
    before = share.transferred if share.transfer else None
    left = asked.transferred - before if before else asked.transferred
    return min(left, part)


def _collect(
    tx: Transaction,
    share: Share,
    account: str,
    due: Money | None,
    later: datetime | None,
) -> Share:
    """Collect the part of the application fee that is due, where there is one."""
    before = share.fee_money if share.fee else None
    if due is None:
        return replace(share, fee_money=before)
    given = share.fee or tx.ids.new("fee")
    tx.post(fee_collected(due, given, account))
    movement(tx, given, due, _FEE, later=later)
    return replace(share, fee=given, fee_money=before + due if before else due)


def fee_due(share: Share | None, asked: Share | None, most: Money) -> Money | None:
    """Return what of the application fee that is `asked` is still to be collected.

    It is no more than there is room for, and none where nothing is left.
    """
    if share is None or asked is None or asked.fee_money is None:
        return None
    before = share.fee_money if share.fee else None
    left = asked.fee_money - before if before else asked.fee_money
    return min(left, most) if left and most.amount > 0 else None


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
        together += [
            one
            for one in parts
            if one.status == "pending" and one.available_on <= earned.available_on
        ]
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
