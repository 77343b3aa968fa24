"""Receipting: a refund's receipt goes into the outbox, in the refund's transaction."""

from itertools import count

from store.errors import Refused
from store.mail.receipt import Mail, number_of, render, why_no_receipt, why_not_address
from store.payment import Charge, Customer
from store.refund import Refund
from store.sql import outbox, reads
from store.sql.transaction import Transaction


def by_itself(tx: Transaction, refund: Refund, charge: Charge) -> None:
    """Write the receipt of a refund on its way, once, where the holder has decided so.

    Only customers of whom an email is kept are told; anyone else may be, by hand.
    """
    if charge.customer is None or not tx.settings.email_receipts:
        return
    customer = reads.customer(tx.connection, charge.customer)
    is_written = outbox.number_of(tx.connection, refund.id) is not None
    if not is_written and why_no_receipt(refund, customer) is None:
        put(tx, refund, charge, customer)


def by_hand(tx: Transaction, given: Refund, charge: Charge, to: str | None) -> Mail:
    """Write a refund's receipt, or write it again.

    Raises:
        Refused: The refund is not on its way, or there is nobody to write to.
    """
    known = reads.customer(tx.connection, charge.customer) if charge.customer else None
    named = Customer("", known.name if known else charge.name, to) if to else known
    if refusal := why_no_receipt(given, named):
        raise Refused(refusal)
    return put(tx, given, charge, named)


def put(
    tx: Transaction, refund: Refund, charge: Charge, customer: Customer | None
) -> Mail:
    """Write a receipt into the outbox; every receipt of a refund has one number.

    Raises:
        Refused: The address is none.
    """
    to = (customer and customer.email) or ""
    if refusal := why_not_address(to):
        raise Refused(refusal)
    name = (customer and customer.name) or charge.name
    reader = Customer(charge.customer or "", name, to)
    # Only of a reversal the other refunds say how much is left on the statement.
    others = (
        reads.refunds_of_charge(tx.connection, charge.id) if refund.is_reversal else ()
    )
    number = refund.receipt_number or outbox.number_of(tx.connection, refund.id)
    number = number or _new_number(tx, refund.id)
    mail = Mail(
        id=tx.ids.new("mail"),
        refund=refund.id,
        letter=render(refund, charge, others, number, reader),
        number=number,
        created=tx.now,
        actor=tx.actor.name,
        due=tx.now,
    )
    outbox.add(tx.connection, mail)
    return mail


def _new_number(tx: Transaction, refund: str) -> str:
    numbers = (number_of(f"{refund} {turn}") for turn in count())
    return next(one for one in numbers if not outbox.is_taken(tx.connection, one))
