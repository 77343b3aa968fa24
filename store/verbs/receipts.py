"""Receipts: what customers are told of refunds by email, and what became of it."""

from dataclasses import replace
from datetime import datetime
from typing import Unpack

from store import refusals
from store.clock import Clock
from store.errors import Refused
from store.event import Actor, Face
from store.ids import IdFactory
from store.lists.window import Listed, Window
from store.mail.post import PostFailed, Postman
from store.mail.receipt import Mail, MailState, lost_after, next_try
from store.sql import lists, outbox, reads
from store.sql.engine import Database
from store.sql.transaction import Transaction
from store.verbs import receipting
from store.verbs.payments import missing
from store.verbs.reading import page, retrieve
from store.verbs.release import told_updated
from store.verbs.write import Request, Verbs

POST = Actor("post", Face.BANK)
"""Who writes the receipt number on a refund once its receipt was sent."""


class Receipts(Verbs):
    """Verbs of receipts.

    A mail is sent outside any transaction, at least once: what is known to be sent is
    never sent again; a mail whose fate a crash left unknown is, under the same id.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdFactory,
        postman: Postman | None = None,
    ) -> None:
        super().__init__(database, clock, ids)
        self._postman = postman

    def retrieve(self, mail: str) -> Mail:
        """Return a mail of the outbox.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.MAILS, mail)

    def list(
        self, *, refund: str | None = None, **window: Unpack[Window]
    ) -> Listed[Mail]:
        """Return a page of the outbox, newest first, of one refund or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.MAILS, window, refund=refund)

    def send(
        self,
        refund: str,
        *,
        actor: Actor,
        to: str | None = None,
        key: str | None = None,
    ) -> Mail:
        """Send a refund's receipt by hand, or send it again; return what became of it.

        Raises:
            Refused: The refund is not on its way, or there is nobody to write to.
        """
        request = Request("receipts.send", {"refund": refund, "to": to}, actor, key)

        def act(tx: Transaction) -> Mail:
            found = reads.refund(tx.connection, refund)
            if found is None:
                raise Refused(refusals.no_such("refund", refund, "refund"))
            charge = reads.charge(tx.connection, found.charge or "")
            if charge is None:
                raise Refused(missing(found.charge or refund))
            return receipting.by_hand(tx, found, charge, to)

        def recall(tx: Transaction, given: str) -> Mail:
            kept = lists.find(tx.connection, lists.MAILS, given)
            if kept is None:
                raise Refused(refusals.no_such(lists.MAILS.name, given, "id"))
            return kept

        mail = self._run(request, act, recall, lambda written: written.id)
        self.deliver()
        return self.retrieve(mail.id)

    def deliver(self) -> int:
        """Send every mail that is due; return how many were sent.

        A mail server in passing trouble is left alone until the next time.
        """
        now, sent = self._clock.now(), 0
        while mail := self._claim(now):
            if self._postman is None:
                continue
            try:
                self._postman.send(mail.letter, mail.id)
            except PostFailed as failed:
                self._give_back(mail, failed)
                if not failed.is_final:
                    break
            else:
                self._done(mail)
                sent += 1
        return sent

    def _claim(self, now: datetime) -> Mail | None:
        """Write down that a mail is about to be sent, before it is."""
        with self._database.read() as connection:
            if outbox.due(connection, now) is None:
                return None
        with self._begin(POST) as tx:
            mail = outbox.due(tx.connection, now)
            if mail is None:
                return None
            if self._postman is None:
                claimed = replace(mail, state=MailState.SANDBOX, due=None)
            else:
                claimed = replace(
                    mail,
                    state=MailState.SENDING,
                    attempts=mail.attempts + 1,
                    due=lost_after(now),
                )
            outbox.rewrite(tx.connection, mail, claimed)
            tx.commit()
            return claimed

    def _give_back(self, mail: Mail, failed: PostFailed) -> None:
        """Write down why a mail was not sent, and when it is tried again."""
        again = None if failed.is_final else next_try(mail.attempts, self._clock.now())
        state = MailState.WAITING if again else MailState.FAILED
        after = replace(mail, state=state, due=again, error=str(failed))
        with self._begin(POST) as tx:
            outbox.rewrite(tx.connection, mail, after)
            tx.commit()

    def _done(self, mail: Mail) -> None:
        """Write down that a mail was sent; the refund gets its receipt number."""
        with self._begin(POST) as tx:
            sent = replace(
                mail, state=MailState.SENT, due=None, sent=tx.now, error=None
            )
            outbox.rewrite(tx.connection, mail, sent)
            before = reads.refund(tx.connection, mail.refund)
            has_none = before is not None and before.receipt_number is None
            if before is not None and has_none and mail.number:
                after = replace(before, receipt_number=mail.number)
                tx.set_refund(after)
                charge = reads.charge(tx.connection, after.charge or "")
                told_updated(tx, before, after, charge)
            tx.commit()
