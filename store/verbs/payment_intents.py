"""Payment intents: a customer pays; an agent captures or cancels."""

from dataclasses import asdict
from typing import Unpack

from store import refusals
from store.errors import Refused
from store.event import Actor, Face
from store.lists.window import LISTED, Found, Listed, Window
from store.money import Money, zero
from store.outcome import PaymentOutcome
from store.payment import (
    CHOSEN_CANCELLATION_REASONS,
    CancellationReason,
    Intent,
    Payment,
    why_not_cancel,
    why_not_capture,
)
from store.search.query import OF_INTENTS, read
from store.sql import lists, reads, searches
from store.sql.transaction import Transaction
from store.verbs import amend, taking
from store.verbs.amend import Metadata, Terms, Words
from store.verbs.confirming import change
from store.verbs.paying import Paying, name, outcome, recall
from store.verbs.payments import missing
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, check_seen


class PaymentIntents(Paying):
    """Verbs of payment intents."""

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
            return outcome(tx, payment.id, _capturable(payment))

        return self._run(request, act, recall, name)

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
            return outcome(tx, payment.id, released)

        return self._run(request, act, recall, name)

    def update(
        self,
        intent: str,
        *,
        actor: Actor,
        metadata: Metadata = None,
        description: str | None = None,
        receipt_email: str | None = None,
        amount: int | None = None,
        payment_method: str | None = None,
        customer: str | None = None,
        key: str | None = None,
        preview: bool = False,
    ) -> Intent:
        """Rewrite what is said of a payment intent; an empty text unsets it.

        What it is about may be changed as well until it is paid.

        Raises:
            Refused: There is no such intent, it is paid already, or a limit is broken.
        """
        words = Words(metadata, description, receipt_email)
        terms = Terms(amount, payment_method, customer)
        params = {"intent": intent, **asdict(words), **terms.given()}

        def act(tx: Transaction) -> Intent:
            if terms.given():
                change(tx, intent, terms)
            return amend.intent(tx, intent, words)

        return self._run(
            Request("payment_intents.update", params, actor, key, preview=preview),
            act,
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
    if payment.intent and payment.intent.id != intent:
        raise Refused(refusals.no_such("payment_intent", intent, "intent"))
    check_seen(tx, request, payment)
    return payment


def _capturable(payment: Payment) -> Money:
    found = payment.intent
    return Money(found.capturable, found.money.currency) if found else zero("usd")
