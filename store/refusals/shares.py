"""Refusals about connected accounts and conversion, in the API's words if any."""

from store.errors import Refusal
from store.money import Money


def no_transfer(charge: str) -> Refusal:
    """Nothing of the charge was transferred, so nothing can be pulled back."""
    return Refusal(
        f"Cannot reverse transfer on charge {charge} because it does not have an "
        "associated transfer."
    )


def no_application_fee(charge: str) -> Refusal:
    """The platform took no fee of the charge."""
    return Refusal(
        f"Attempting to refund_application_fee on {charge}, but it has no "
        "application fee"
    )


def account_unknown(charge: str) -> Refusal:
    """The import did not say with whom the charge is shared."""
    return Refusal(
        f"Charge {charge} was imported without its connected account, so nothing can "
        "be moved to or from it."
    )


def fee_needs_account() -> Refusal:
    """An application fee, but nobody to take it from."""
    return Refusal(
        "Can only apply an application_fee_amount when the PaymentIntent is "
        "attempting a direct payment (using an OAuth key or Stripe-Account header) or "
        "destination payment (using `transfer_data[destination]`).",
        param="application_fee_amount",
    )


def fee_beside_amount() -> Refusal:
    """Two ways to say what the platform keeps."""
    return Refusal(
        "You may only specify one of these parameters: application_fee_amount, "
        "transfer_data[amount].",
        param="application_fee_amount",
    )


def shares_too_much(param: str, least: int = 1) -> Refusal:
    """A transfer or fee that is more than the payment, or less than nothing."""
    return Refusal(
        f"The {param} must be between {least} and the payment's amount.", param=param
    )


def nothing_transferred() -> Refusal:
    """A transfer's amount, of a payment that nothing is transferred of."""
    return Refusal(
        "This PaymentIntent has no transfer_data[destination], so that no amount can "
        "be transferred.",
        param="transfer_data",
    )


def direct_and_transferred() -> Refusal:
    """A charge of the connected account's own is not transferred to one."""
    return Refusal(
        "You may only specify one of these parameters: stripe_account, transfer_data.",
        param="transfer_data",
    )


def shared_and_converted() -> Refusal:
    """This sandbox shares payments in their own currency only."""
    return Refusal(
        "A payment that is shared with a connected account settles in its own "
        "currency.",
        param="settle_in",
    )


def no_rate(source: str, target: str) -> Refusal:
    """Nobody converts one of the currencies into the other."""
    return Refusal(
        f"There is no exchange rate from {source.upper()} to {target.upper()}.",
        param="settle_in",
    )


def settled_otherwise(currency: str) -> Refusal:
    """A transfer in another currency than what the charge has brought."""
    return Refusal(
        f"The currency of a transfer must be that of its source: {currency}.",
        param="currency",
    )


def not_transferable(charge: str) -> Refusal:
    """The charge took no money, or is shared already."""
    return Refusal(
        f"Charge {charge} took no money or is shared already.",
        param="source_transaction",
    )


def already_reversed(transfer: str) -> Refusal:
    """Nothing of the transfer is left to reverse."""
    return Refusal(f"The transfer {transfer} is already fully reversed.")


def reverses_more_than_left(asked: Money, left: Money) -> Refusal:
    """More than what is left of the transfer."""
    return Refusal(
        f"Transfer reversal amount ({asked.symbolic()}) is greater than unreversed "
        f"amount on transfer ({left.symbolic()})",
        param="amount",
    )


def account_short(account: str) -> Refusal:
    """The connected account does not have what is to be pulled back from it."""
    return Refusal(
        f"Insufficient funds in the Stripe balance of {account} to reverse this "
        "amount.",
        "balance_insufficient",
    )


def already_given_back(fee: str) -> Refusal:
    """Nothing of the application fee is left to give back."""
    return Refusal(f"Application fee {fee} has already been refunded.")


def gives_back_more_than_left(asked: Money, left: Money) -> Refusal:
    """More than what is left of the application fee."""
    return Refusal(
        f"Refund amount ({asked.symbolic()}) is greater than unrefunded amount on fee "
        f"({left.symbolic()})",
        param="amount",
    )
