"""A charge of Stripe's JSON, of any version → Charge."""

from datetime import datetime

from store.intake.captures import RELEASED
from store.intake.fields import Fields, Wrong
from store.intake.shares import share_of
from store.method import Method
from store.money import Money
from store.payment import Charge, ChargeStatus

_OLD_BRANDS = {
    "American Express": "amex",
    "Diners Club": "diners",
    "MasterCard": "mastercard",
    "UnionPay": "unionpay",
}
_BEFORE_METHODS = {"account": "stripe_account", "bank_account": "ach_debit"}
"""What payment sources of old versions are called as payment methods."""
UNKNOWN = Method("unknown")


def charge_of(fields: Fields) -> Charge:
    """Return the charge that a JSON object describes; its sums are still to join."""
    given = fields.need_id()
    money = fields.money()
    status = fields.choice("status", ChargeStatus)
    paid = fields.flag("paid", default=status is ChargeStatus.SUCCEEDED)
    if status is None:
        status = ChargeStatus.SUCCEEDED if paid else ChargeStatus.FAILED
    failed = status is ChargeStatus.FAILED
    captured = fields.flag("captured", default=not failed) and not failed
    taken = fields.number("amount_captured", money.amount if captured else 0)
    taken = taken if captured else 0
    if taken > money.amount:
        over = Money(taken, money.currency)
        raise Wrong(f"{given} captured {over}, more than its amount of {money}.")
    billing, outcome = (fields.inner(k, keep=True) for k in _SHOWN)
    method, capture_before, owner = _method(fields)
    return Charge(
        id=given,
        money=money,
        status=status,
        created=fields.need_time("created"),
        method=method,
        captured=captured,
        amount_captured=taken,
        reported_refunded=_refunded(fields, money, taken),
        disputed=_disputed(fields),
        payment_intent=fields.ref("payment_intent"),
        customer=fields.ref("customer"),
        name=billing.text("name") or owner,
        email=billing.text("email"),
        receipt_email=fields.text("receipt_email"),
        description=fields.text("description"),
        failure_code=fields.text("failure_code"),
        failure_message=fields.text("failure_message"),
        outcome_type=outcome.text("type"),
        risk_level=outcome.text("risk_level"),
        balance_transaction=fields.ref("balance_transaction"),
        share=share_of(fields.again(), Money(taken, money.currency)),
        capture_before=capture_before,
        metadata=fields.metadata(),
        imported=True,
        extra=fields.rest("refunds", "refunded", RELEASED),
    )


_SHOWN = ("billing_details", "outcome")


def _refunded(fields: Fields, money: Money, captured: int) -> int:
    """Return what was refunded of the captured money.

    The API counts what of an authorisation was released as refunded too.
    """
    reported = fields.number("amount_refunded", 0)
    if reported > money.amount:
        over = Money(reported, money.currency)
        raise Wrong(f"{over} are refunded, more than its amount of {money}.")
    return min(reported, captured)


def _disputed(fields: Fields) -> bool:
    dispute = fields.inner("dispute", keep=True).text("id")
    return fields.flag("disputed", default=dispute is not None)


def _method(fields: Fields) -> tuple[Method, datetime | None, str | None]:
    """Return the method, the end of the authorisation, the owner an old source names.

    Versions before payment methods describe the card or bank account as `source`.
    """
    details = fields.inner("payment_method_details", keep=True)
    if kind := details.text("type"):
        inner = details.inner(kind)
        return _of(kind, inner, inner.text("brand")), inner.time("capture_before"), None
    source = fields.inner("source", keep=True)
    called = source.text("object")
    if called is None:
        return UNKNOWN, None, None
    brand = source.text("brand")
    if called == "source":
        kind = source.text("type") or "unknown"
        owner = source.inner("owner").text("name")
        return _of(kind, source.inner(kind), brand), None, owner
    kind = _BEFORE_METHODS.get(called, called)
    owner = source.text("name") if called == "card" else None
    return _of(kind, source, brand), None, owner


def _of(kind: str, inner: Fields, brand: str | None) -> Method:
    return Method(
        type=kind,
        brand=_OLD_BRANDS.get(brand, brand.lower()) if brand else None,
        last4=inner.text("last4"),
        exp_month=inner.small("exp_month"),
        exp_year=inner.small("exp_year"),
        country=inner.text("country"),
        funding=inner.text("funding"),
        fingerprint=inner.text("fingerprint"),
    )
