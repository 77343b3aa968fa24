"""Pay: what a payment, its capture and its cancellation write."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from store import bank
from store.bank import AUTHORISED_FOR, Deed, Due
from store.cards import Behaviour, TestMethod
from store.connect import Share
from store.errors import Refused
from store.extra import merged
from store.method import Method, settles_later
from store.money import Money
from store.payment import (
    Charge,
    ChargeStatus,
    Customer,
    Intent,
    IntentStatus,
)
from store.payment_method import DATA, as_described
from store.refusals import shares as share_refusals
from store.shape.kept import TYPES_ASKED, is_manual, of_charge, why_not_with
from store.shape.objects import charge_shape, intent_shape
from store.shape.shares import asked_keys
from store.sql import reads, tags
from store.sql.transaction import Transaction
from store.verbs import fraud
from store.verbs.judging import DECLINED, judged, plastic
from store.verbs.sharing import release_earned
from store.verbs.taking import take

_FEE_PER_MILLE = 29
_FEE_FIXED_MILLI = 300


@dataclass(frozen=True, slots=True)
class Paid:
    """What a customer pays, and with what."""

    money: Money
    method: TestMethod
    token: str | None = None
    capture_method: str = "automatic"
    customer: Customer | None = None
    description: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)
    receipt_email: str | None = None
    share: Share | None = None
    settles_in: str | None = None
    types: tuple[str, ...] | None = None
    """With what it may be paid; any method will do where nothing is said."""
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def manual(self) -> bool:
        """Tell whether it is only authorised at first."""
        return is_manual(self.capture_method, self.method.method.type, self.extra)


def pay(tx: Transaction, paid: Paid) -> str:
    """Write a new payment; return its id."""
    if refusal := why_not_with(paid.method.method.type, paid.types, paid.extra):
        raise Refused(refusal)
    customer = known(tx, paid)
    charge = judged(tx, charge_of(tx, paid, customer), paid.customer)
    intent = _intent(tx, paid, charge, customer)
    began = replace(
        intent, status=IntentStatus.REQUIRES_PAYMENT_METHOD, received=0, capturable=0
    )
    tx.add_intent(intent)
    tx.tell("payment_intent.created", intent_shape(began), payment=intent.id)
    charge = replace(charge, payment_intent=intent.id)
    return carry_on(tx, paid, intent, charge, (intent.id, charge.id))


def carry_on(
    tx: Transaction, paid: Paid, intent: Intent, charge: Charge, tagged: tuple[str, ...]
) -> str:
    """Write what an attempt to charge a written intent came to; return its id.

    The metadata is that of the objects that are `tagged`.
    """
    if charge.status is ChargeStatus.FAILED:
        tx.add_charge(charge)
        tx.tell("charge.failed", charge_shape(charge), payment=intent.id)
        kind = "payment_intent.payment_failed"
    elif charge.status is ChargeStatus.PENDING:
        tx.add_charge(charge)
        tx.tell("charge.pending", charge_shape(charge), payment=intent.id)
        tx.schedule((bank.settling(charge, tx.now),))
        kind = "payment_intent.processing"
    elif paid.manual:
        tx.add_charge(charge)
        tx.schedule((_expiry(charge, intent),))
        kind = "payment_intent.amount_capturable_updated"
    else:
        charge = take(tx, charge)
        tx.add_charge(charge)
        tx.tell("charge.succeeded", charge_shape(charge), payment=intent.id)
        kind = "payment_intent.succeeded"
    tx.tell(kind, intent_shape(intent), payment=intent.id)
    owners = [(one, paid.metadata) for one in tagged]
    tags.put(tx.connection, owners, new=True)
    if isinstance(review := charge.extra.get("review"), str):
        fraud.begin_review(tx, charge, review)
    tx.touch(intent.id)
    release_earned(tx, charge)
    return intent.id


def check_conversion(tx: Transaction, paid: Paid) -> None:
    """Refuse a conversion that nobody makes.

    Raises:
        Refused: There is no rate, or the payment is shared as well.
    """
    source, target = paid.money.currency, paid.settles_in
    if target is None or target == source:
        return
    if paid.share is not None:
        raise Refused(share_refusals.shared_and_converted())
    if tx.rates.rate(source, target, tx.now) is None:
        raise Refused(share_refusals.no_rate(source, target))


def known(tx: Transaction, paid: Paid) -> str | None:
    """Return the id of who pays, whom the store knows from now on."""
    given = paid.customer
    if given is None:
        return None
    if reads.customer(tx.connection, given.id) is None:
        tx.add_customer(replace(given, created=given.created or tx.now))
    return given.id


def charge_of(tx: Transaction, paid: Paid, customer: str | None) -> Charge:
    """Return the charge that an attempt to pay makes, before it is judged."""
    method, behaviour = paid.method.method, paid.method.behaviour
    declined = behaviour is Behaviour.DECLINED
    captured = not paid.manual and not declined
    given = tx.ids.new("ch" if method.is_card else "py")
    described = paid.extra.get(DATA)
    said = described if isinstance(described, dict) else {}
    method = as_described(method, said.get(method.type) or {})
    if paid.token:
        method = plastic(method, customer or given)
    billing = said.get("billing_details") or {}
    payer = paid.customer
    return Charge(
        id=given,
        money=paid.money,
        status=_status(method, declined=declined),
        created=tx.now,
        method=method,
        captured=captured,
        amount_captured=paid.money.amount if captured else 0,
        captured_at=tx.now if captured else None,
        customer=customer,
        name=billing.get("name") or (payer.name if payer else None),
        email=billing.get("email") or (payer.email if payer else None),
        receipt_email=paid.receipt_email,
        description=paid.description,
        failure_code="card_declined" if declined else None,
        failure_message=DECLINED if declined else None,
        outcome_type="issuer_declined" if declined else "authorized",
        risk_level="normal",
        share=paid.share,
        settles_in=paid.settles_in,
        capture_before=tx.now + AUTHORISED_FOR if paid.manual else None,
        test_behaviour=behaviour,
        metadata=paid.metadata,
        extra=of_charge(paid.extra, paid.share),
    )


def _status(method: Method, *, declined: bool) -> ChargeStatus:
    if declined:
        return ChargeStatus.FAILED
    return ChargeStatus.PENDING if settles_later(method) else ChargeStatus.SUCCEEDED


def _intent(
    tx: Transaction, paid: Paid, charge: Charge, customer: str | None
) -> Intent:
    intent = Intent(
        id=tx.ids.new("pi"),
        money=paid.money,
        status=IntentStatus.REQUIRES_PAYMENT_METHOD,
        created=tx.now,
        capture_method=paid.capture_method,
        customer=customer,
        description=paid.description,
        payment_method=paid.token,
        method_types=paid.types or (charge.method.type,),
        receipt_email=paid.receipt_email,
        metadata=paid.metadata,
        extra=kept_of(paid),
    )
    return charged(intent, charge, manual=paid.manual)


def kept_of(paid: Paid) -> dict[str, object]:
    """Return what an intent keeps beside what the rules need."""
    types = {TYPES_ASKED: list(paid.types)} if paid.types else {}
    return {**asked_keys(paid.share), **merged({}, paid.extra), **types}


def charged(intent: Intent, charge: Charge, *, manual: bool) -> Intent:
    """Return an intent as an attempt to charge it leaves it."""
    if charge.status is ChargeStatus.FAILED:
        status = IntentStatus.REQUIRES_PAYMENT_METHOD
    elif charge.status is ChargeStatus.PENDING:
        status = IntentStatus.PROCESSING
    elif manual:
        status = IntentStatus.REQUIRES_CAPTURE
    else:
        status = IntentStatus.SUCCEEDED
    amount = intent.money.amount
    return replace(
        intent,
        status=status,
        capturable=amount if status is IntentStatus.REQUIRES_CAPTURE else 0,
        received=amount if status is IntentStatus.SUCCEEDED else 0,
        latest_charge=charge.id,
    )


def _expiry(charge: Charge, intent: Intent) -> Due:
    at = charge.capture_before or charge.created + AUTHORISED_FOR
    return Due(at, Deed.AUTHORISATION_EXPIRES, intent.id)
