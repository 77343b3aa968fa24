"""Reads: one object, or one payment with everything around it."""

from sqlalchemy import (
    BindParameter,
    Connection,
    Table,
    bindparam,
    or_,
    select,
    union_all,
)

from store.dispute import Dispute
from store.event import Event
from store.ledger import Account, account_id
from store.money import Money
from store.outcome import Movement
from store.payment import Charge, Customer, Intent, Payment
from store.refund import PendingReason, Refund
from store.sql.mapping.money import event_of, movement_of, refund_of
from store.sql.mapping.payments import charge_of, customer_of, dispute_of, intent_of
from store.sql.prepared import Prepared
from store.sql.rows import named
from store.sql.tables import (
    ACCOUNT,
    CHARGE,
    CUSTOMER,
    DISPUTE,
    EVENT,
    INTENT,
    MOVEMENT,
    PAYMENT,
    REFUND,
)

_GIVEN: BindParameter[str] = bindparam("given")


def _by_id(table: Table) -> Prepared:
    return Prepared(select(table).where(table.c.id == _GIVEN))


# Built once: building a statement takes four times as long as running it.
_INTENT = _by_id(INTENT)
_CHARGE = _by_id(CHARGE)
_CUSTOMER = _by_id(CUSTOMER)
_REFUND = _by_id(REFUND)
_MOVEMENT = _by_id(MOVEMENT)
_DISPUTE = _by_id(DISPUTE)
_DISPUTE_OF_CHARGE = Prepared(
    select(DISPUTE)
    .where(DISPUTE.c.charge == _GIVEN)
    .order_by(DISPUTE.c.created.desc(), DISPUTE.c.seq.desc())
    .limit(1)
)
_REFUNDS_OF_CHARGE = Prepared(
    select(REFUND)
    .where(REFUND.c.charge == _GIVEN)
    .order_by(REFUND.c.created.desc(), REFUND.c.seq.desc())
)
_CHARGES_OF_INTENT = Prepared(
    select(CHARGE)
    .where(CHARGE.c.payment_intent == _GIVEN)
    .order_by(CHARGE.c.created.desc(), CHARGE.c.seq.desc())
)
_INTENT_OF_LATEST = Prepared(
    select(INTENT).where(INTENT.c.latest_charge == _GIVEN).order_by(INTENT.c.seq)
)
_VERSION = Prepared(select(PAYMENT.c.version).where(PAYMENT.c.id == _GIVEN))
_OWED = Prepared(
    select(ACCOUNT.c.credits - ACCOUNT.c.debits).where(ACCOUNT.c.id == _GIVEN)
)
_HELD = Prepared(
    select(REFUND)
    .where(
        REFUND.c.pending_reason == PendingReason.INSUFFICIENT_FUNDS.value,
        REFUND.c.status == "pending",
    )
    .order_by(REFUND.c.seq)
)
_WAITING = Prepared(
    select(REFUND)
    .where(or_(REFUND.c.status == "pending", REFUND.c.status == "requires_action"))
    .order_by(REFUND.c.seq)
)
_NAMES_OF_PAYMENT = union_all(
    select(_GIVEN),
    select(CHARGE.c.id).where(CHARGE.c.payment_intent == _GIVEN),
    select(CHARGE.c.payment_intent).where(CHARGE.c.id == _GIVEN),
)
_TYPE: BindParameter[str] = bindparam("type")
_EVENTS_OF_TYPE = Prepared(
    select(EVENT)
    .where(EVENT.c.payment.in_(_NAMES_OF_PAYMENT), EVENT.c.type == _TYPE)
    .order_by(EVENT.c.seq.desc())
)
_EVENTS_OF_PAYMENT = Prepared(
    select(EVENT).where(EVENT.c.payment.in_(_NAMES_OF_PAYMENT)).order_by(EVENT.c.seq)
)


def intent(connection: Connection, given: str) -> Intent | None:
    """Return a payment intent by id."""
    row = _INTENT.first(connection, given=given)
    return intent_of(row) if row else None


def waiting_intents(
    connection: Connection, customer_id: str, currency: str
) -> tuple[Intent, ...]:
    """Return the intents of a customer that wait for an action, oldest first."""
    query = select(INTENT).where(
        INTENT.c.customer == customer_id,
        INTENT.c.currency == currency,
        INTENT.c.status == "requires_action",
    )
    rows = connection.execute(query.order_by(INTENT.c.created, INTENT.c.seq)).all()
    return tuple(map(intent_of, rows))


def charge(connection: Connection, given: str) -> Charge | None:
    """Return a charge by id."""
    row = _CHARGE.first(connection, given=given)
    return charge_of(row) if row else None


def customer(connection: Connection, given: str) -> Customer | None:
    """Return a customer by id."""
    row = _CUSTOMER.first(connection, given=given)
    return customer_of(row) if row else None


def refund(connection: Connection, given: str) -> Refund | None:
    """Return a refund by id."""
    row = _REFUND.first(connection, given=given)
    return refund_of(row) if row else None


def movement(connection: Connection, given: str) -> Movement | None:
    """Return a balance transaction by id."""
    row = _MOVEMENT.first(connection, given=given)
    return movement_of(row) if row else None


def dispute(connection: Connection, given: str) -> Dispute | None:
    """Return a dispute by id."""
    row = _DISPUTE.first(connection, given=given)
    return dispute_of(row) if row else None


def dispute_of_charge(connection: Connection, charge_id: str) -> Dispute | None:
    """Return the newest dispute of a charge."""
    row = _DISPUTE_OF_CHARGE.first(connection, given=charge_id)
    return dispute_of(row) if row else None


def refunds_of_charge(connection: Connection, charge_id: str) -> tuple[Refund, ...]:
    """Return the refunds of a charge, newest first."""
    rows = _REFUNDS_OF_CHARGE.all(connection, given=charge_id)
    return tuple(map(refund_of, rows))


def charges_of_intent(connection: Connection, intent_id: str) -> tuple[Charge, ...]:
    """Return every attempt to charge an intent, newest first."""
    rows = _CHARGES_OF_INTENT.all(connection, given=intent_id)
    return tuple(map(charge_of, rows))


def payment(connection: Connection, given: str) -> Payment | None:
    """Return a payment by the id of its intent or of any of its charges."""
    found = intent(connection, given)
    taken = None if found else charge(connection, given)
    if found is None and taken is None:
        # An import may hold the charges of an intent without the intent.
        taken = next(iter(charges_of_intent(connection, given)), None)
    if taken and taken.payment_intent:
        found = intent(connection, taken.payment_intent)
    elif taken:
        row = _INTENT_OF_LATEST.first(connection, given=taken.id)
        found = intent_of(row) if row else None
    if found is None and taken is None:
        return None
    attempts = _attempts(connection, found) if found else ()
    if found:
        latest = [one for one in attempts if one.id == found.latest_charge]
        taken = next(iter((*latest, *attempts)), None)
    key = found.id if found else taken.id if taken else given
    who = (found and found.customer) or (taken and taken.customer)
    return Payment(
        id=key,
        intent=found,
        charge=taken,
        customer=customer(connection, who) if who else None,
        dispute=dispute_of_charge(connection, taken.id) if taken else None,
        refunds=refunds_of_charge(connection, taken.id) if taken else (),
        attempts=tuple(one for one in attempts if taken and one.id != taken.id),
        version=version(connection, key),
    )


def _attempts(connection: Connection, found: Intent) -> tuple[Charge, ...]:
    """Return every attempt, with the latest one where that says of no intent."""
    attempts = charges_of_intent(connection, found.id)
    if any(one.id == found.latest_charge for one in attempts):
        return attempts
    latest = charge(connection, found.latest_charge or "")
    silent = latest is not None and latest.payment_intent is None
    return (latest, *attempts) if latest and silent else attempts


def version(connection: Connection, payment_id: str) -> int:
    """Return how often a payment has changed."""
    row = _VERSION.first(connection, given=payment_id)
    return int(row.version) if row else 0


def available(
    connection: Connection, currency: str, holder: str | None = None
) -> Money:
    """Return what a holder has available in a currency; it may be negative."""
    return of_account(connection, Account.AVAILABLE, currency, holder)


def of_account(
    connection: Connection, account: Account, currency: str, holder: str | None = None
) -> Money:
    """Return what an account owes its holder; None is the platform."""
    row = _OWED.first(connection, given=account_id(account, currency, holder))
    return Money(int(row[0]) if row else 0, currency)


def held(
    connection: Connection, currency: str, holder: str | None = None
) -> tuple[Refund, ...]:
    """Return the refunds that wait for a holder's funds in a currency, oldest first."""
    waiting = map(refund_of, _HELD.all(connection))
    queue = (one for one in waiting if one.holder == holder)
    return tuple(one for one in queue if one.takes.currency == currency)


def waiting(connection: Connection) -> tuple[Refund, ...]:
    """Return every refund that waits for something, oldest first."""
    return tuple(map(refund_of, _WAITING.all(connection)))


def movements_of(
    connection: Connection, sources: tuple[str, ...]
) -> tuple[Movement, ...]:
    """Return the balance transactions of a payment's objects, oldest first."""
    query = select(MOVEMENT).where(MOVEMENT.c.source.in_(sources))
    query = query.order_by(MOVEMENT.c.created, MOVEMENT.c.seq)
    return tuple(map(movement_of, named(connection.execute(query))))


def events_of_payment(connection: Connection, payment_id: str) -> tuple[Event, ...]:
    """Return the events of a payment and its objects, in the order they were told.

    An imported event knows its payment by the intent or the charge, whichever it
    names, and whether or not that is the one the payment goes by.
    """
    rows = _EVENTS_OF_PAYMENT.all(connection, given=payment_id)
    return tuple(map(event_of, rows))


def events_of_type(
    connection: Connection, payment_id: str, type_: str
) -> tuple[Event, ...]:
    """Return the events of one type about a payment, those written last first."""
    rows = _EVENTS_OF_TYPE.all(connection, given=payment_id, type=type_)
    return tuple(map(event_of, rows))


def events(
    connection: Connection, object_id: str | None, limit: int
) -> tuple[Event, ...]:
    """Return the newest events, of one object or of all."""
    query = select(EVENT).order_by(EVENT.c.seq.desc()).limit(limit)
    if object_id is not None:
        query = query.where(EVENT.c.object_id == object_id)
    return tuple(map(event_of, named(connection.execute(query))))
