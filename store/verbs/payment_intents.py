"""Payment intents: a customer pays; an agent captures or cancels."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Unpack

from store import refusals
from store.cards import CARDS, TestMethod
from store.connect import Share, asked_share
from store.errors import Refusal, Refused
from store.event import Actor, Face
from store.method import Method
from store.money import LARGEST, Money, step, zero
from store.outcome import PaymentOutcome
from store.payment import (
    CHOSEN_CANCELLATION_REASONS,
    CancellationReason,
    Customer,
    Intent,
    Payment,
    why_not_cancel,
    why_not_capture,
)
from store.query import OF_INTENTS, read
from store.sql import lists, reads, searches
from store.sql.transaction import Transaction
from store.verbs import amend, pay, taking
from store.verbs.amend import Metadata, Words
from store.verbs.metadata import checked
from store.verbs.payments import last_change, missing
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs, check_seen
from store.window import LISTED, Found, Listed, Window


class PaymentIntents(Verbs):
    """Verbs of payment intents."""

    def create(
        self,
        *,
        amount: int,
        currency: str,
        actor: Actor,
        payment_method: str | Method = "pm_card_visa",
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
        key: str | None = None,
    ) -> PaymentOutcome:
        """Let a customer pay, with a test payment method or any other.

        Args:
            amount: In minor units of the currency.
            currency: What the customer pays in, and is refunded in.
            actor: Who asks.
            payment_method: A test method by name, or any method.
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
            key: Idempotency key.

        Raises:
            Refused: The amount, the payment method or how it is shared is none.
        """
        money = Money(amount, currency.lower())
        paid = pay.Paid(
            money=money,
            method=_method(payment_method),
            token=payment_method if isinstance(payment_method, str) else None,
            manual=capture_method == "manual",
            customer=customer,
            description=description,
            metadata=checked(metadata),
            receipt_email=receipt_email,
            share=_share(
                asked_share(
                    money,
                    transfer_data,
                    application_fee_amount,
                    on_behalf_of,
                    stripe_account,
                )
            ),
            settles_in=settle_in and settle_in.lower(),
        )
        request = Request("payment_intents.create", asdict(paid), actor, key)

        def act(tx: Transaction) -> PaymentOutcome:
            _check(money)
            pay.check_conversion(tx, paid)
            return _outcome(tx, pay.pay(tx, paid))

        return self._run(request, act, _recall, _name)

    def cancel(
        self,
        intent: str,
        *,
        actor: Actor,
        reason: CancellationReason | str | None = None,
        note: str | None = None,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> PaymentOutcome:
        """Cancel a payment: its authorisation is released, nothing is refunded.

        Raises:
            Refused: It is past canceling, or the reason is none.
            StaleView: The payment is no longer the version that was `seen`.
        """
        why = _reason(reason)
        params = {"intent": intent, "reason": why, "note": note}
        request = Request(
            "payment_intents.cancel", params, actor, key, seen, preview=preview
        )

        def act(tx: Transaction) -> PaymentOutcome:
            payment = _seen(tx, request, intent)
            by_console = actor.face is Face.CONSOLE
            if refusal := why_not_cancel(payment, by_console=by_console):
                raise Refused(refusal)
            if why is CancellationReason.OTHER and not (note or "").strip():
                raise Refused(refusals.note_needed())
            taking.cancel(tx, payment, why, note)
            tx.touch(payment.id, by_agent=True)
            return _outcome(tx, payment.id, _capturable(payment))

        return self._run(request, act, _recall, _name)

    def capture(
        self,
        intent: str,
        *,
        actor: Actor,
        amount: int | None = None,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> PaymentOutcome:
        """Take an authorised payment, all or `amount` of it; the rest is released.

        Raises:
            Refused: It does not wait for capture, or for less.
            StaleView: The payment is no longer the version that was `seen`.
        """
        params = {"intent": intent, "amount": amount}
        request = Request(
            "payment_intents.capture", params, actor, key, seen, preview=preview
        )

        def act(tx: Transaction) -> PaymentOutcome:
            payment = _seen(tx, request, intent)
            found = payment.intent
            if found is None:
                raise Refused(missing(intent))
            if refusal := why_not_capture(found, amount):
                raise Refused(refusal)
            taken = found.capturable if amount is None else amount
            released = Money(found.capturable - taken, found.money.currency)
            taking.capture(tx, payment, taken)
            tx.touch(payment.id, by_agent=True)
            return _outcome(tx, payment.id, released)

        return self._run(request, act, _recall, _name)

    def update(
        self,
        intent: str,
        *,
        actor: Actor,
        metadata: Metadata = None,
        description: str | None = None,
        receipt_email: str | None = None,
        key: str | None = None,
        preview: bool = False,
    ) -> Intent:
        """Rewrite what is said of a payment intent; an empty text unsets it.

        Raises:
            Refused: There is no such intent, or the metadata breaks a limit.
        """
        words = Words(metadata, description, receipt_email)
        params = {"intent": intent, **asdict(words)}
        return self._run(
            Request("payment_intents.update", params, actor, key, preview=preview),
            lambda tx: amend.intent(tx, intent, words),
            lambda tx, _: amend.intent(tx, intent, Words()),
            lambda amended: amended.id,
        )

    def retrieve(self, intent: str) -> Intent:
        """Return a payment intent.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.INTENTS, intent, "intent")

    def search(
        self, query: str, *, limit: int = LISTED, page: str | None = None
    ) -> Found[Intent]:
        """Return a page of what a query in the API's search syntax finds.

        Raises:
            Refused: The query cannot be read, or the page is none.
        """
        asked = read(query, "payment_intents", OF_INTENTS)
        with self._database.read() as connection:
            return searches.search(connection, lists.INTENTS, asked, limit, page)

    def list(
        self, *, customer: str | None = None, **window: Unpack[Window]
    ) -> Listed[Intent]:
        """Return a page of payment intents, newest first, of a customer or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.INTENTS, window, customer=customer)


def _method(given: str | Method) -> TestMethod:
    if isinstance(given, Method):
        return TestMethod(given)
    if found := CARDS.get(given):
        return found
    raise Refused(refusals.no_such("payment_method", given, "payment_method"))


def _share(asked: Share | Refusal | None) -> Share | None:
    if isinstance(asked, Refusal):
        raise Refused(asked)
    return asked


def _check(money: Money) -> None:
    unit = Money(step(money.currency), money.currency)
    if money.amount < 1:
        raise Refused(refusals.amount_below_one())
    if money.amount > LARGEST:
        raise Refused(refusals.amount_too_large(Money(LARGEST, money.currency)))
    if money.amount % unit.amount:
        raise Refused(refusals.amount_not_divisible(money, unit))


def _reason(given: CancellationReason | str | None) -> CancellationReason | None:
    if given is None:
        return None
    if given in CHOSEN_CANCELLATION_REASONS:
        return CancellationReason(given)
    raise Refused(refusals.bad_cancellation_reason())


def _seen(tx: Transaction, request: Request, intent: str) -> Payment:
    payment = reads.payment(tx.connection, intent)
    if payment is None:
        raise Refused(missing(intent))
    if request.seen is not None and request.seen != payment.version:
        told = reads.events_of_payment(tx.connection, payment.id)
        check_seen(request, payment, last_change(told, payment))
    return payment


def _capturable(payment: Payment) -> Money:
    found = payment.intent
    return Money(found.capturable, found.money.currency) if found else zero("usd")


def _outcome(
    tx: Transaction, payment_id: str, released: Money | None = None
) -> PaymentOutcome:
    payment = reads.payment(tx.connection, payment_id)
    if payment is None:
        raise Refused(missing(payment_id))
    return PaymentOutcome(payment, released or zero(payment.money.currency))


def _recall(tx: Transaction, payment_id: str) -> PaymentOutcome:
    return replace(_outcome(tx, payment_id), replayed=True)


def _name(outcome: PaymentOutcome) -> str:
    return outcome.payment.id
