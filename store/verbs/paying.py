"""Paying: a customer pays, at once or in two steps, with a test payment method."""

from collections.abc import Mapping
from dataclasses import asdict, replace

from store.cards import TestMethod
from store.connect import asked_share
from store.errors import Refused
from store.event import Actor, Face
from store.extra import merged
from store.method import Method
from store.money import Money, zero
from store.outcome import PaymentOutcome
from store.payment import Customer
from store.refusals import methods as method_refusals
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs import cash_balance, pay
from store.verbs.confirming import (
    ANY_METHOD,
    begin,
    check_amount,
    check_capture,
    check_owner,
    holder_of,
    method_of,
    only_method,
    share_of,
    shared,
    why_not_confirm,
)
from store.verbs.confirming import (
    confirm as charge_it,
)
from store.verbs.currencies import currency_of
from store.verbs.metadata import checked
from store.verbs.payments import missing
from store.verbs.write import Request, Verbs

_NOTHING_YET = "pm_card_visa"
"""What an intent is written with until its customer chooses; nobody sees it."""


class Paying(Verbs):
    """Verbs that make payments."""

    def create(
        self,
        *,
        amount: int,
        currency: str,
        actor: Actor,
        payment_method: str | Method | None = "pm_card_visa",
        confirm: bool = True,
        method_types: tuple[str, ...] | None = None,
        capture_method: str = "automatic",
        customer: Customer | None = None,
        description: str | None = None,
        metadata: Mapping[str, str] | None = None,
        receipt_email: str | None = None,
        transfer_data: Mapping[str, str | int] | None = None,
        application_fee_amount: int | None = None,
        on_behalf_of: str | None = None,
        stripe_account: str | None = None,
        settle_in: str | None = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
    ) -> PaymentOutcome:
        """Let a customer pay, with a test payment method or any other.

        Args:
            amount: In minor units of the currency.
            currency: What the customer pays in, and is refunded in.
            actor: Who asks.
            payment_method: A payment method by id or test name, or any method.
            confirm: Pay at once; else it waits until it is confirmed.
            method_types: With what it may be paid; with anything if not said.
            capture_method: `manual` authorises only.
            customer: Who pays.
            description: Shown on receipts.
            metadata: Kept with the payment.
            receipt_email: Where receipts go.
            transfer_data: `destination`, and perhaps `amount`: a destination charge.
            application_fee_amount: What the platform keeps of a shared payment.
            on_behalf_of: Whose name the payment carries.
            stripe_account: The connected account whose own, direct charge it is.
            settle_in: The currency that the balance gets; the payment's own if not
                said. A store holds a balance in every currency it is paid in.
            extra: What is kept with it and answered, by the API's names.
            key: Idempotency key.

        Raises:
            Refused: The amount, the payment method or how it is shared is none.
        """
        money = Money(amount, currency_of(currency))
        paid = pay.Paid(
            money=money,
            method=self._method(payment_method or _NOTHING_YET),
            token=payment_method if isinstance(payment_method, str) else None,
            capture_method=capture_method,
            customer=customer,
            description=description,
            metadata=checked(metadata),
            receipt_email=receipt_email,
            share=share_of(
                asked_share(
                    money,
                    transfer_data,
                    application_fee_amount,
                    on_behalf_of,
                    stripe_account,
                )
            ),
            settles_in=settle_in and currency_of(settle_in, "settle_in"),
            types=method_types,
            extra=_said(extra, on_behalf_of),
        )
        types = method_types or ANY_METHOD
        kind = paid.method.method.type if payment_method else only_method(types)
        said = asdict(paid)
        request = Request("payment_intents.create", said, actor, key)
        if confirm and payment_method is None:
            raise Refused(method_refusals.method_missing())

        def act(tx: Transaction) -> PaymentOutcome:
            check_amount(tx, money, kind, paid.settles_in)
            paying = (paid.method.method.type, *(method_types or ()))
            check_capture(capture_method, paying, paid.extra)
            pay.check_conversion(tx, paid)
            check_owner(tx, paid.token, customer.id if customer else None)
            if confirm and not _transferred(actor, paid):
                return outcome(tx, pay.pay(tx, paid))
            begun = begin(tx, paid)
            intent = reads.intent(tx.connection, begun) if confirm else None
            if intent:
                cash_balance.wait(tx, intent, paid.token)
            return outcome(tx, begun)

        return self._run(request, act, recall, name)

    def confirm(
        self,
        intent: str,
        *,
        actor: Actor,
        payment_method: str | None = None,
        receipt_email: str | None = None,
        capture_method: str | None = None,
        stripe_account: str | None = None,
        settle_in: str | None = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
    ) -> PaymentOutcome:
        """Let the customer pay an intent that waits, with its own method or another.

        Raises:
            Refused: It is past confirming, or there is nothing to pay it with.
        """
        params = {
            "intent": intent,
            "payment_method": payment_method,
            "receipt_email": receipt_email,
            "capture_method": capture_method,
            "settle_in": settle_in,
            "extra": dict(extra or {}),
        }
        request = Request("payment_intents.confirm", params, actor, key)

        def act(tx: Transaction) -> PaymentOutcome:
            found = reads.intent(tx.connection, intent)
            if found is None:
                raise Refused(missing(intent, "intent"))
            if refusal := why_not_confirm(found):
                raise Refused(refusal)
            found = replace(
                found,
                capture_method=capture_method or found.capture_method,
                extra=merged(found.extra, extra or {}),
            )
            token = payment_method or found.payment_method
            if token is None:
                raise Refused(method_refusals.method_missing())
            method = method_of(tx.connection, token)
            check_owner(tx, token, found.customer)
            if method.method.type == cash_balance.METHOD:
                by_bank = (cash_balance.METHOD,)
                check_capture(found.capture_method, by_bank, found.extra)
                return outcome(tx, cash_balance.wait(tx, found, token))
            holder = stripe_account or holder_of(tx, found)
            own = holder and share_of(shared(found, holder))
            paid = pay.Paid(
                money=found.money,
                method=method,
                token=token,
                receipt_email=receipt_email,
                share=own or None,
                settles_in=settle_in and currency_of(settle_in, "settle_in"),
            )
            return outcome(tx, charge_it(tx, found, paid))

        return self._run(request, act, recall, name)

    def _method(self, given: str | Method) -> TestMethod:
        if isinstance(given, Method):
            return TestMethod(given)
        with self._database.read() as connection:
            return method_of(connection, given)


def _said(
    extra: Mapping[str, object] | None, on_behalf_of: str | None
) -> dict[str, object]:
    """Return what is kept of what was said."""
    behalf = {"on_behalf_of": on_behalf_of} if on_behalf_of else {}
    return {**merged({}, extra or {}), **behalf}


def _transferred(actor: Actor, paid: pay.Paid) -> bool:
    """Tell whether the customer must transfer the money first: programs wait for it."""
    by_bank = paid.method.method.type == cash_balance.METHOD
    return by_bank and actor.face is Face.API


def outcome(
    tx: Transaction, payment_id: str, released: Money | None = None
) -> PaymentOutcome:
    """Return what a payment verb did, with the payment as it is now.

    Raises:
        Refused: There is no such payment.
    """
    payment = reads.payment(tx.connection, payment_id)
    if payment is None:
        raise Refused(missing(payment_id))
    return PaymentOutcome(payment, released or zero(payment.money.currency))


def recall(tx: Transaction, payment_id: str) -> PaymentOutcome:
    """Return what a payment verb answers to a key that was used before."""
    return replace(outcome(tx, payment_id), replayed=True)


def name(done: PaymentOutcome) -> str:
    """Return the id of the payment that an outcome is about."""
    return done.payment.id
