"""Payment intents: a customer pays; an agent captures or cancels."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Unpack

from store import refusals
from store.capture import Capture
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
)
from store.search.query import OF_INTENTS, read
from store.sql import lists, reads, searches
from store.sql.transaction import Transaction
from store.verbs import amend, capturing, taking
from store.verbs.amend import Changes, Metadata, Terms, Words, how_paid
from store.verbs.changing import change
from store.verbs.currencies import currency_of
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
        final_capture: bool = True,
        application_fee_amount: int | None = None,
        transfer_data: Mapping[str, int] | None = None,
        receipt_email: str | None = None,
        metadata: Metadata = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
        seen: int | None = None,
        preview: bool = False,
    ) -> PaymentOutcome:
        """Take an authorised payment, all or `amount` of it; the rest is released.

        Without `final_capture` the rest stays to be captured, until the authorisation
        expires. How it is shared is said of the whole payment, from now on.

        Raises:
            Refused: It does not wait for capture, or for less.
            StaleView: The payment is no longer the version that was `seen`.
        """
        asked = Capture(
            amount=amount,
            final=final_capture,
            application_fee_amount=application_fee_amount,
            transfer_data=transfer_data,
            receipt_email=receipt_email,
            metadata=metadata,
            extra=extra or {},
        )
        params = {"intent": intent, **asdict(asked)}
        request = Request(
            "payment_intents.capture", params, actor, key, seen, preview=preview
        )

        def act(tx: Transaction) -> PaymentOutcome:
            payment = _seen(tx, request, intent)
            found, charge = payment.intent, payment.charge
            if found is None:
                raise Refused(missing(intent))
            if charge is None:
                raise Refused(refusals.intent_not_capturable(found.status))
            released = capturing.capture(tx, payment, found, charge, asked)
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
        extra: Mapping[str, object] | None = None,
        stripe_account: str | None = None,
        key: str | None = None,
        preview: bool = False,
        **terms: Unpack[Changes],
    ) -> Intent:
        """Rewrite what is said of a payment intent; an empty text unsets it.

        What it is about may be changed as well until it is paid.

        Raises:
            Refused: There is no such intent, it is paid already, or a limit is broken.
        """
        paying = how_paid(extra or {})
        said = {k: v for k, v in (extra or {}).items() if k not in paying}
        words = Words(metadata, description, receipt_email, said)
        if currency := terms.get("currency"):
            terms["currency"] = currency_of(currency)
        about = Terms(**terms, extra=paying)
        params = {"intent": intent, **asdict(words), "terms": about.given()}

        def act(tx: Transaction) -> Intent:
            if about.given():
                change(tx, intent, about, stripe_account)
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
