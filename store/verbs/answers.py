"""Answers: what became of a request, asked by its idempotency key."""

import json

from store.desk.answered import Answered, of_bulk
from store.event import OWN_PREFIX, Event
from store.mail.receipt import mail_text
from store.payment import Intent, IntentStatus
from store.refund import PendingReason, Refund
from store.sql import Connection, answers, bulks, lists, reads
from store.sql.engine import Database
from store.timeline.step import ended, made, words
from store.timeline.telling import reason_of
from store.verbs.topups import AND

_LOOKED_AT = 100
"""So many of an object's newest events are looked at for the one of a key."""


def answer(database: Database, key: str) -> Answered | None:
    """Return what a key was answered; None where it was never carried out."""
    with database.read() as connection:
        kept = answers.find(connection, key)
        if kept is None:
            return None
        if kept.startswith("{"):
            said = json.loads(kept)["refusal"]["message"]
            return Answered(done=False, object_id=None, message=said)
        if bulk := bulks.find(connection, kept):
            return of_bulk(bulk)
        return Answered(done=True, object_id=kept, message=_told(connection, key, kept))


def _told(connection: Connection, key: str, given: str) -> str:
    if mail := lists.find(connection, lists.MAILS, given):
        text = mail_text(mail)
        return f"{text[0].upper()}{text[1:]} ({given})."
    topups = [lists.find(connection, lists.TOPUPS, one) for one in given.split(AND)]
    if added := [f"{one.money} ({one.id})" for one in topups if one]:
        return f"Added {', '.join(added)}."
    told = reads.events(connection, given, _LOOKED_AT)
    by_key = next((one for one in told if one.key == key), None)
    if by_key and by_key.type.startswith(OWN_PREFIX):
        return f"{_own(by_key)} ({given})."
    if refund := reads.refund(connection, given):
        return f"{_refund(refund)} ({given})."
    if intent := reads.intent(connection, given):
        return f"{_intent(intent)} ({given})."
    return f"{_own(told[0])} ({given})." if told else f"Done ({given})."


def _own(event: Event) -> str:
    """Return an event's type as words: `Note created`."""
    said = event.type.removeprefix(OWN_PREFIX).replace(".", " ")
    return words(said).capitalize()


def _refund(refund: Refund) -> str:
    given, money = refund.id, refund.money
    if not refund.is_live:
        text = ended(given, money, refund.status, refund.failure_reason).text
    else:
        waits = refund.pending_reason or PendingReason.PROCESSING
        text = made(
            given,
            money,
            refund.status,
            waits,
            reason_of(refund),
            reversal=refund.is_reversal,
        ).text
    return text[0].upper() + text[1:]


def _intent(intent: Intent) -> str:
    if intent.status is IntentStatus.SUCCEEDED:
        return f"Payment {intent.money} captured"
    return f"Payment {intent.money} {words(intent.status)}"
