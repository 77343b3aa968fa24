"""The outbox: mails go in with the refund and out one by one, each claimed once."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from store.clock import from_unix, to_unix
from store.mail.receipt import Letter, Mail, MailState
from store.sql.mapping.payments import Values, moment, unix
from store.sql.rows import NamedRow
from store.sql.tables import OUTBOX

_OPEN = (MailState.WAITING.value, MailState.SENDING.value)


def mail_values(mail: Mail) -> Values:
    """Return a mail's row."""
    return {
        "id": mail.id,
        "refund": mail.refund,
        "recipient": mail.letter.to,
        "subject": mail.letter.subject,
        "body": mail.letter.body,
        "number": mail.number,
        "created": to_unix(mail.created),
        "actor": mail.actor,
        "state": mail.state.value,
        "attempts": mail.attempts,
        "due": unix(mail.due),
        "sent": unix(mail.sent),
        "error": mail.error,
    }


def mail_of(row: NamedRow) -> Mail:
    """Return the mail of a row."""
    return Mail(
        id=row.id,
        refund=row.refund,
        letter=Letter(row.recipient, row.subject, row.body),
        number=row.number,
        created=from_unix(row.created),
        actor=row.actor,
        state=MailState(row.state),
        attempts=row.attempts,
        due=moment(row.due),
        sent=moment(row.sent),
        error=row.error,
    )


def add(connection: Connection, mail: Mail) -> None:
    """Write a new mail."""
    connection.execute(insert(OUTBOX), mail_values(mail))


def rewrite(connection: Connection, before: Mail, after: Mail) -> bool:
    """Rewrite a mail that is still as it was; tell whether it was."""
    query = update(OUTBOX).where(
        OUTBOX.c.id == before.id,
        OUTBOX.c.state == before.state.value,
        OUTBOX.c.attempts == before.attempts,
    )
    return connection.execute(query.values(mail_values(after))).rowcount == 1


def due(connection: Connection, now: datetime) -> Mail | None:
    """Return the next mail to send: a waiting one, or one lost on the way."""
    query = select(OUTBOX).where(OUTBOX.c.state.in_(_OPEN), OUTBOX.c.due <= unix(now))
    row = connection.execute(query.order_by(OUTBOX.c.due, OUTBOX.c.seq).limit(1))
    found = row.one_or_none()
    return mail_of(found) if found else None


def number_of(connection: Connection, refund: str) -> str | None:
    """Return the receipt number that a refund's mails carry already.

    A letter is no receipt: it has no number.
    """
    query = select(OUTBOX.c.number).where(
        OUTBOX.c.refund == refund, OUTBOX.c.number != ""
    )
    found = connection.execute(query.order_by(OUTBOX.c.seq).limit(1)).scalar()
    return None if found is None else str(found)


def is_taken(connection: Connection, number: str) -> bool:
    """Tell whether another receipt has this number."""
    query = select(OUTBOX.c.seq).where(OUTBOX.c.number == number).limit(1)
    return connection.execute(query).first() is not None
