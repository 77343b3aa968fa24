"""Letters: what an agent writes to a customer about a refund, by way of the outbox."""

from store import refusals
from store.clock import Clock
from store.errors import Refused
from store.event import Actor
from store.ids import IdFactory
from store.mail.letter import WRITTEN, letter_shape, why_not_letter
from store.mail.receipt import Letter, Mail
from store.sql import lists, outbox, reads
from store.sql.engine import Database
from store.sql.transaction import Transaction
from store.verbs.receipts import Receipts
from store.verbs.write import Request, Verbs


class Letters(Verbs):
    """Verbs of letters; they go the way of receipts, without a receipt number."""

    def __init__(
        self, database: Database, clock: Clock, ids: IdFactory, receipts: Receipts
    ) -> None:
        super().__init__(database, clock, ids)
        self._receipts = receipts

    def send(
        self,
        refund: str,
        letter: Letter,
        *,
        actor: Actor,
        key: str | None = None,
    ) -> Mail:
        """Mail a letter about a refund; return what became of it.

        Raises:
            Refused: There is no such refund, or the letter cannot be sent.
        """
        params = {
            "refund": refund,
            "to": letter.to,
            "subject": letter.subject,
            "body": letter.body,
        }
        request = Request("letters.send", params, actor, key)

        def act(tx: Transaction) -> Mail:
            found = reads.refund(tx.connection, refund)
            if found is None:
                raise Refused(refusals.no_such("refund", refund, "refund"))
            if refusal := why_not_letter(letter):
                raise Refused(refusal)
            mail = Mail(
                id=tx.ids.new("mail"),
                refund=found.id,
                letter=letter,
                number="",
                created=tx.now,
                actor=tx.actor.name,
                due=tx.now,
            )
            outbox.add(tx.connection, mail)
            payment = reads.payment(tx.connection, found.charge or "")
            given = payment.id if payment else None
            tx.tell(WRITTEN, letter_shape(mail), payment=given)
            return mail

        def recall(tx: Transaction, given: str) -> Mail:
            kept = lists.find(tx.connection, lists.MAILS, given)
            if kept is None:
                raise Refused(refusals.no_such(lists.MAILS.name, given, "id"))
            return kept

        mail = self._run(request, act, recall, lambda written: written.id)
        self._receipts.deliver()
        return self._receipts.retrieve(mail.id)
