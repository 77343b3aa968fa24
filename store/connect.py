"""Connect: charges shared with connected accounts, and what refunds pull back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from store import refusals
from store.errors import Refusal
from store.money import Money, proportion, step
from store.refusals import shares as share_refusals

FEE = "application_fee_amount"


class ConnectType(StrEnum):
    """Whose charge it is, and how the others get their part of it."""

    DIRECT = "direct"
    """The connected account's own; the platform takes a fee of it."""
    DESTINATION = "destination"
    """The platform's; a transfer to the connected account is made with it."""
    SEPARATE = "separate"
    """The platform's; a transfer is made later."""


@dataclass(frozen=True, slots=True)
class Share:
    """How a charge is shared; ids are there once the money has moved.

    What an import reports as pulled back already is `…_elsewhere`, in minor units.
    """

    type: ConnectType
    account: str | None
    """The connected account; an import need not name it."""
    on_behalf_of: str | None = None
    transfer: str | None = None
    transferred: Money | None = None
    fee: str | None = None
    fee_money: Money | None = None
    reversed_elsewhere: int = 0
    fee_refunded_elsewhere: int = 0

    @property
    def holder(self) -> str | None:
        """Return the account whose balance the charge fills; None is the platform."""
        return self.account if self.type is ConnectType.DIRECT else None


@dataclass(frozen=True, slots=True)
class Pulled:
    """A transfer reversal (`trr_…`) or an application fee refund (`fr_…`)."""

    id: str
    of: str
    """The transfer or the application fee."""
    money: Money
    charge: str
    refund: str | None
    """The refund that pulled it back; None where it was asked for by itself."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)


def part(whole: Money, refunded: int, charged: int, already: int) -> int:
    """Return what one more refund pulls back of a transfer or an application fee.

    Rounded to the nearest amount that the currency can express, over all refunds
    together, so that the parts add up to the whole once everything is refunded.

    Args:
        whole: The transfer or fee.
        refunded: What the refunds that pull back come to, this one included.
        charged: What was captured.
        already: What earlier refunds have pulled back.
    """
    unit = step(whole.currency)
    if refunded == charged or whole.amount % unit:
        unit = 1
    total = proportion(refunded, whole.amount // unit, charged) * unit
    return max(0, total - already)


def fee_beside(
    fee: Money, left: Money, reversed_: int, before: int, transferred: int
) -> Money:
    """Return what of an application fee goes back beside a reversal of its transfer.

    In proportion to what is reversed, rounded over all reversals together, so that
    the fee is back with the transfer; and never more than is left of it.

    Args:
        fee: The whole fee.
        left: What nobody was given back of it yet.
        reversed_: What is reversed now.
        before: What was back of the transfer before.
        transferred: The whole transfer.
    """
    due = part(fee, before, transferred, 0)
    amount = part(fee, before + reversed_, transferred, due)
    return min(left, Money(amount, fee.currency))


def why_not_reverse(
    share: Share, left: Money, amount: int | None, available: Money
) -> Refusal | None:
    """Return why a transfer cannot be reversed by `amount`, or None when it can.

    A transfer that was made by itself is reversed only where the connected account
    has that much available; one of a destination charge wherever it is left.

    Args:
        share: How the charge is shared.
        left: What nobody has pulled back of the transfer yet.
        amount: How much; None is all that is left.
        available: What the connected account has.
    """
    if not left:
        return share_refusals.already_reversed(share.transfer or "")
    asked = left if amount is None else Money(amount, left.currency)
    if refusal := _why_not_back(asked, left):
        return refusal
    if left < asked:
        return share_refusals.reverses_more_than_left(asked, left)
    if share.type is ConnectType.SEPARATE and available < asked:
        return share_refusals.account_short(share.account or "")
    return None


def why_not_give_back(fee: str, left: Money, amount: int | None) -> Refusal | None:
    """Return why `amount` of a fee, or what is left, cannot be given back, or None."""
    if amount is None:
        return None if left else share_refusals.already_given_back(fee)
    asked = Money(amount, left.currency)
    if refusal := _why_not_back(asked, left):
        return refusal
    if left < asked:
        return share_refusals.gives_back_more_than_left(asked, left)
    return None


def _why_not_back(asked: Money, left: Money) -> Refusal | None:
    """Return why nobody can move this amount, whatever is left, or None."""
    if asked.amount < 1:
        return refusals.amount_below_one()
    unit = Money(step(asked.currency), asked.currency)
    if asked != left and asked.amount % unit.amount:
        return refusals.amount_not_divisible(asked, unit)
    return None


def is_account(given: str) -> bool:
    """Tell whether an id can be a connected account's; any other is never one."""
    return given.startswith("acct_")


def asked_share(
    money: Money,
    transfer_data: Mapping[str, str | int] | None,
    fee: int | None,
    on_behalf_of: str | None,
    stripe_account: str | None,
) -> Share | Refusal | None:
    """Return how a new payment is to be shared, why it cannot be, or None."""
    destination = (transfer_data or {}).get("destination")
    amount = (transfer_data or {}).get("amount")
    if stripe_account is not None and transfer_data is not None:
        return share_refusals.direct_and_transferred()
    if fee is not None and stripe_account is None and destination is None:
        return share_refusals.fee_needs_account()
    if fee is not None and amount is not None:
        return share_refusals.fee_beside_amount()
    for name, part_, least in ((FEE, fee, 0), ("transfer_data", amount, 1)):
        if refusal := _why_not_part(name, part_, money, least):
            return refusal
    if refusal := _why_not_accounts(destination, on_behalf_of, stripe_account):
        return refusal
    fee_money = None if fee is None else Money(fee, money.currency)
    if stripe_account is not None:
        return Share(
            ConnectType.DIRECT, stripe_account, on_behalf_of, fee_money=fee_money
        )
    if destination is None:
        return None
    return Share(
        ConnectType.DESTINATION,
        str(destination),
        on_behalf_of,
        transferred=None if amount is None else Money(int(amount), money.currency),
        fee_money=fee_money,
    )


def _why_not_part(
    name: str, given: str | int | None, money: Money, least: int
) -> Refusal | None:
    """Return why a payment cannot be shared by this much of it, or None."""
    if given is None:
        return None
    if not least <= int(given) <= money.amount:
        return share_refusals.shares_too_much(name, least)
    unit = Money(step(money.currency), money.currency)
    if int(given) % unit.amount:
        return refusals.amount_not_divisible(Money(int(given), unit.currency), unit)
    return None


def _why_not_accounts(
    destination: object, on_behalf_of: str | None, stripe_account: str | None
) -> Refusal | None:
    """Return why one of these is nobody's account, or None."""
    named = {
        "transfer_data[destination]": destination,
        "on_behalf_of": on_behalf_of,
        "stripe_account": stripe_account,
    }
    for param, given in named.items():
        if given is not None and not is_account(str(given)):
            return refusals.no_such("destination", str(given), param)
    return None
