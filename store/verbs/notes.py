"""Notes: what agents write about payments."""

from store.desk.note import ADDED, Note, note_of, note_shape, worded
from store.errors import Refused
from store.event import Actor
from store.sql import reads
from store.sql.transaction import Transaction
from store.verbs.payments import missing
from store.verbs.write import Request, Verbs

_OBJECT = "note"


class Notes(Verbs):
    """Verbs of notes; a note is an event, so nobody can change one."""

    def add(
        self,
        *,
        payment: str,
        text: str,
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> Note:
        """Write something down about a payment, named by its intent or charge.

        Raises:
            Refused: There is no such payment, or the text is none.
        """
        params = {"payment": payment, "text": text}
        request = Request("notes.add", params, actor, key, preview=preview)

        def act(tx: Transaction) -> Note:
            said = worded(text)
            found = reads.payment(tx.connection, payment)
            if found is None:
                raise Refused(missing(payment))
            given = tx.ids.new(_OBJECT)
            tx.tell(ADDED, note_shape(given, found.id, said), payment=found.id)
            return note_of(tx.told[-1])

        def recall(tx: Transaction, given: str) -> Note:
            (told,) = reads.events(tx.connection, given, 1)
            return note_of(told)

        return self._run(request, act, recall, lambda note: note.id)

    def of(self, payment: str) -> tuple[Note, ...]:
        """Return the notes of a payment, newest first.

        Raises:
            Refused: There is no such payment.
        """
        with self._database.read() as connection:
            found = reads.payment(connection, payment)
            if found is None:
                raise Refused(missing(payment))
            told = reads.events_of_type(connection, found.id, ADDED)
        notes = (one for one in told if one.data.get("object") == _OBJECT)
        return tuple(map(note_of, notes))
