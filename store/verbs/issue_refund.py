"""Issue a refund: the rules, then the money, then what is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta

from store import bank, refusals
from store.errors import Refusal, Refused
from store.ledger import auto_debited
from store.method import RefundPath, carries_reference, destination_type, refund_path
from store.money import Money
from store.outcome import RefundOutcome
from store.payment import Charge, ChargeStatus, Payment, why_not_refund
from store.reference import (
    Destination,
    DestinationKind,
    ReferenceStatus,
    card_reference_type,
)
from store.refund import (
    REVERSAL_WINDOW,
    FirstState,
    PendingReason,
    Reason,
    Refund,
    RefundStatus,
    first_state,
    why_not_asked_of,
)
from store.shape.objects import charge_shape, previous_attributes, refund_shape
from store.sql import attempts, queue
from store.sql.transaction import Transaction
from store.verbs import fraud, movements, pulling, receipting, sending
from store.verbs.answer import outcome
from store.verbs.metadata import checked
from store.verbs.pricing import price
from store.verbs.release import release, release_beside
from store.verbs.write import Request, check_seen


@dataclass(frozen=True, slots=True)
class Asked:
    """The parameters of a refund, by the API's names."""

    payment_intent: str | None = None
    charge: str | None = None
    amount: int | None = None
    reason: Reason | None = None
    note: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    instructions_email: str | None = None
    reverse_transfer: bool = False
    refund_application_fee: bool = False
    currency: str | None = None
    customer: str | None = None

    def params(self) -> dict[str, object]:
        """Return what an idempotency key is bound to."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


def issue(
    tx: Transaction, request: Request, asked: Asked, known: Payment | None = None
) -> RefundOutcome:
    """Refund a payment, all or part of it.

    It is `known` where this transaction has read it and not changed it since.

    Raises:
        Refused: A rule says no.
        StaleView: The payment changed since the caller looked.
    """
    payment = known or _payment(tx, asked)
    _check_stale(tx, request, payment)
    charge, amount = _allowed(payment, asked, tx.now)
    before = _available(tx, charge)
    money = Money(amount, charge.money.currency)
    refund = _first(tx, payment, charge, asked, money, available=before)
    shared = pulling.foretold(tx.connection, charge, refund)
    if refund.has_moved_money:
        refund = sending.send(tx, refund, charge)
    tx.add_refund(refund)
    tx.schedule(bank.after_refund(refund, charge, tx.now))
    fraud.report(tx, refund, charge)
    after = tx.refunded(payment, refund)
    _tell(tx, refund, charge, after)
    fraud.refunded(tx, refund, after)
    receipting.by_itself(tx, refund, after.charge or charge)
    if sending.tell_pulled(tx, refund, charge):
        release(tx, charge.settlement_currency, charge.holder)
        release_beside(tx, charge, charge.holder)
    return outcome(tx, refund, after, before, shared=shared)


def _payment(tx: Transaction, asked: Asked) -> Payment:
    """Return the payment that was named, with the very charge that was named."""
    found: list[Payment] = []
    if intent := asked.payment_intent:
        by_intent = attempts.payment_of_intent(tx.connection, intent)
        if by_intent is None:
            kind = "payment_intent"
            raise Refused(refusals.no_such(kind, intent, kind))
        found.append(by_intent)
    if charge := asked.charge:
        by_charge = attempts.payment_of_charge(tx.connection, charge)
        if by_charge is None:
            raise Refused(refusals.no_such("charge", charge, "id"))
        found.append(by_charge)
    if not found:
        raise Refused(refusals.names_no_payment())
    if len({one.id for one in found}) > 1:
        raise Refused(refusals.names_two_payments())
    return found[-1]


def _check_stale(tx: Transaction, request: Request, payment: Payment) -> None:
    check_seen(tx, request, payment)


def _allowed(payment: Payment, asked: Asked, now: datetime) -> tuple[Charge, int]:
    refusal = why_not_refund(payment, asked.amount, now)
    charge = payment.charge
    if refusal is None and charge is None:
        refusal = refusals.no_successful_charge(payment.id)
    if refusal is None:
        refusal = why_not_reason(asked.reason, asked.note)
    if refusal is None and charge is not None:
        refusal = why_not_asked_of(
            charge.money.currency, charge.customer, asked.currency, asked.customer
        )
    if refusal is not None or charge is None:
        raise Refused(refusal or refusals.no_successful_charge(payment.id))
    pulls = asked.reverse_transfer, asked.refund_application_fee
    if refusal := pulling.why_not_pull(charge, transfer=pulls[0], fee=pulls[1]):
        raise Refused(refusal)
    checked(asked.metadata)
    amount = charge.unrefunded.amount if asked.amount is None else asked.amount
    return charge, amount


def reason_of(given: Reason | str | None) -> Reason | None:
    """Return a reason by its name.

    Raises:
        Refused: There is none of that name.
    """
    try:
        return None if given is None else Reason(given)
    except ValueError:
        raise Refused(refusals.bad_reason()) from None


def why_not_reason(reason: Reason | None, note: str | None) -> Refusal | None:
    """Return why nobody may refund for this reason, or None when somebody may."""
    if reason is Reason.EXPIRED_UNCAPTURED_CHARGE:
        return refusals.bad_reason()
    if reason is Reason.OTHER and not (note or "").strip():
        return refusals.note_needed()
    return None


def _available(tx: Transaction, charge: Charge) -> Money:
    return tx.available(charge.settlement_currency, charge.holder)


def _first(
    tx: Transaction,
    payment: Payment,
    charge: Charge,
    asked: Asked,
    money: Money,
    *,
    available: Money,
) -> Refund:
    """Return the refund in its first state, before any money moves."""
    takes = price(tx, charge, money).money
    covered = is_covered(tx, takes, charge.holder, available)
    begin = begins(
        charge, covered=covered, now=tx.now, window=tx.settings.reversal_window
    )
    if not isinstance(begin, FirstState):
        raise Refused(begin)
    email = ask_at(payment, charge, asked.instructions_email)
    refund = Refund(
        id=tx.ids.new("re" if charge.method.is_card else "pyr"),
        money=money,
        status=begin.status,
        created=tx.now,
        charge=charge.id,
        payment_intent=charge.payment_intent,
        settlement=takes if takes.currency != money.currency else None,
        holder=charge.holder,
        reverse_transfer=asked.reverse_transfer,
        refund_application_fee=asked.refund_application_fee,
        reason=asked.reason,
        note=asked.note,
        pending_reason=begin.pending_reason,
        destination=destination_of(charge, begin),
        instructions_email=email,
        metadata=asked.metadata,
        actor=tx.actor.name,
        key=tx.key,
    )
    if refund.is_held or refund.status is RefundStatus.REQUIRES_ACTION:
        return replace(refund, expires_at=bank.expires_at(tx.now))
    return refund


def is_covered(
    tx: Transaction, takes: Money, holder: str | None, available: Money
) -> bool:
    """Tell whether what is available covers a refund, and no older one waits.

    The platform's own bank pays for what is missing, where the holder has decided so.
    """
    waits = tx.waits(takes.currency, holder)
    covered = takes <= available and not waits
    if covered or holder or not tx.settings.auto_debit:
        return covered
    _, held = queue.line(tx.connection, takes.currency, holder)
    missing = held + takes - available
    debit = tx.ids.new("py")
    tx.post(auto_debited(missing, debit))
    movements.auto_debit(tx, debit, missing)
    release(tx, takes.currency)
    waits = tx.waits(takes.currency, holder)
    return takes <= tx.available(takes.currency) and not waits


def begins(
    charge: Charge,
    *,
    covered: bool,
    now: datetime,
    window: timedelta = REVERSAL_WINDOW,
) -> FirstState | Refusal:
    """Decide how a new refund of a charge begins, or why there is none.

    It is covered where the available balance holds it and no older refund waits;
    within the `window` after its capture the charge is dropped.
    """
    if charge.status is ChargeStatus.PENDING:
        return FirstState(RefundStatus.PENDING, PendingReason.CHARGE_PENDING)
    return first_state(
        charge.method,
        covered=covered,
        starts_pending=bank.starts_pending(charge),
        reversal=_is_fresh(charge, now, window),
    )


def _is_fresh(charge: Charge, now: datetime, window: timedelta) -> bool:
    captured = charge.captured_at or charge.created
    return not charge.imported and now - captured < window


def ask_at(payment: Payment, charge: Charge, given: str | None) -> str | None:
    """Return where the customer is asked for bank details; `given` where nobody is.

    Raises:
        Refused: Somebody must be asked, and no address is known.
    """
    if refund_path(charge.method) is not RefundPath.ASKS_CUSTOMER:
        return given
    known = payment.customer.email if payment.customer else None
    email = given or known or charge.email
    if not email:
        raise Refused(refusals.email_needed())
    return email


def destination_of(charge: Charge, begin: FirstState) -> Destination:
    """Return where the refund goes, and whether a reference will come."""
    method = charge.method
    kind = begin.kind
    if not carries_reference(method):
        return Destination(destination_type(method), kind)
    waits = kind is DestinationKind.PENDING
    reversal = kind is DestinationKind.REVERSAL
    return Destination(
        type=destination_type(method),
        kind=kind,
        status=None if waits else ReferenceStatus.PENDING,
        reference_type=card_reference_type(method.brand, reversal=reversal)
        if method.is_card and not waits
        else None,
    )


def _tell(tx: Transaction, refund: Refund, before: Charge, after: Payment) -> None:
    tx.tell("refund.created", refund_shape(refund), payment=after.id)
    shape = charge_shape(after.charge or before)
    previous = previous_attributes(charge_shape(before), shape)
    tx.tell("charge.refunded", shape, previous=previous, payment=after.id)
