"""Transaction: the one path of every write; domain objects in, rows out."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from store.bank import Deed, Due
from store.clock import from_unix, to_unix
from store.event import Actor, Event
from store.ids import IdFactory
from store.ledger import Account, Posting, account_id
from store.money import Money
from store.outcome import Movement
from store.payment import Charge, Customer, Dispute, Intent
from store.refund import Refund
from store.settings import Settings
from store.shape import Json
from store.sql import listed, log, reads, settings
from store.sql.mapping import (
    Values,
    charge_values,
    customer_values,
    dispute_values,
    intent_values,
)
from store.sql.mapping_money import event_values, movement_values, refund_values
from store.sql.tables import (
    ACCOUNT,
    ANSWER,
    CHARGE,
    CUSTOMER,
    DISPUTE,
    DUE,
    INTENT,
    MOVEMENT,
    POSTING,
    REFUND,
    TOPUP,
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an idempotency key was answered: to which command, with what."""

    command: str
    answer: str


class Transaction:
    """One write; nothing of it is there until the caller commits.

    Everything it writes carries `now`, the actor and the idempotency key.
    """

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        ids: IdFactory,
        actor: Actor,
        key: str | None = None,
    ) -> None:
        self.connection = connection
        self.now = now
        self.ids = ids
        self.actor = actor
        self.key = key
        self.told: list[Event] = []
        """The events of this transaction, in order."""
        self._accounts: set[str] = set()
        self._request = ids.new("req") if key else None

    @property
    def settings(self) -> Settings:
        """Return what the holder has decided."""
        return settings.read(self.connection)

    def commit(self) -> None:
        """Make it lasting."""
        self.connection.commit()

    def rollback(self) -> None:
        """Leave everything as it was."""
        self.connection.rollback()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Undo what is done inside when it raises, and nothing else."""
        with self.connection.begin_nested():
            yield

    def _insert(self, table: Table, values: Values) -> None:
        """Write a row; the statement is compiled once and kept."""
        self.connection.execute(insert(table), values)

    def _update(self, table: Table, values: Values) -> None:
        """Rewrite the row of that id."""
        query = update(table).where(table.c.id == bindparam("this"))
        self.connection.execute(query, {**values, "this": values["id"]})

    def add_customer(self, customer: Customer) -> None:
        """Write a new customer."""
        self._insert(CUSTOMER, customer_values(customer))

    def add_intent(self, intent: Intent) -> None:
        """Write a new payment intent."""
        self._insert(INTENT, intent_values(intent))

    def set_intent(self, intent: Intent) -> None:
        """Rewrite a payment intent."""
        self._update(INTENT, intent_values(intent))

    def add_charge(self, charge: Charge) -> None:
        """Write a new charge; what was refunded is derived."""
        self._insert(CHARGE, charge_values(charge))

    def set_charge(self, charge: Charge) -> None:
        """Rewrite a charge; what was refunded is derived."""
        self._update(CHARGE, charge_values(charge))

    def add_dispute(self, dispute: Dispute) -> None:
        """Write a new dispute."""
        self._insert(DISPUTE, dispute_values(dispute))

    def set_dispute(self, dispute: Dispute) -> None:
        """Rewrite a dispute."""
        self._update(DISPUTE, dispute_values(dispute))

    def add_refund(self, refund: Refund) -> None:
        """Write a new refund; the guards refuse one that is too much."""
        self._insert(REFUND, refund_values(refund))

    def set_refund(self, refund: Refund) -> None:
        """Rewrite a refund; the guards refuse an illegal move."""
        self._update(REFUND, refund_values(refund))

    def add_movement(self, movement: Movement) -> None:
        """Write a new balance transaction."""
        values = movement_values(movement, {}, imported=False)
        self._insert(MOVEMENT, values)

    def mature(self, movement: Movement) -> None:
        """Mark a balance transaction available."""
        query = update(MOVEMENT).where(MOVEMENT.c.id == movement.id)
        self.connection.execute(query.values(status="available"))

    def add_topup(self, topup_id: str, money: Money) -> None:
        """Write a top-up that has arrived."""
        self._insert(
            TOPUP,
            {
                "id": topup_id,
                "amount": money.amount,
                "currency": money.currency,
                "status": "succeeded",
                "created": to_unix(self.now),
                "actor": self.actor.name,
            },
        )

    def post(self, *postings: Posting) -> None:
        """Move money; the guards refuse what the available balance does not hold."""
        for one in postings:
            currency = one.money.currency
            self._open(one.debit, currency)
            self._open(one.credit, currency)
            self._insert(
                POSTING,
                {
                    "code": one.code,
                    "debit": account_id(one.debit, currency),
                    "credit": account_id(one.credit, currency),
                    "amount": one.money.amount,
                    "currency": currency,
                    "source": one.source,
                    "created": to_unix(self.now),
                },
            )

    def _open(self, account: Account, currency: str) -> None:
        key = account_id(account, currency)
        if key in self._accounts:
            return
        new = upsert(ACCOUNT).values(
            id=key, code=account.value, currency=currency, debits=0, credits=0
        )
        self.connection.execute(new.on_conflict_do_nothing())
        self._accounts.add(key)

    def has_posting(self, code: str, source: str) -> bool:
        """Tell whether such a movement was posted for an object."""
        query = select(POSTING.c.seq).where(
            POSTING.c.source == source, POSTING.c.code == code
        )
        return self.connection.execute(query.limit(1)).first() is not None

    def tell(
        self,
        type_: str,
        shape: Json,
        *,
        previous: Mapping[str, object] | None = None,
        payment: str | None = None,
    ) -> None:
        """Append an event; `shape` is the object after the change."""
        event = Event(
            seq=0,
            id=self.ids.new("evt"),
            type=type_,
            object_id=str(shape["id"]),
            created=self.now,
            actor=self.actor.name,
            data=shape,
            previous=previous or {},
            payment=payment,
            request=self._request,
            key=self.key,
        )
        values = event_values(event, self.actor.face.value)
        (seq,) = log.append(self.connection, [values])
        self.told.append(replace(event, seq=seq))

    def schedule(self, due: Iterable[Due]) -> None:
        """Put deeds on the outside world's agenda."""
        for one in due:
            self._insert(
                DUE,
                {
                    "at": to_unix(one.at),
                    "deed": one.deed.value,
                    "object_id": one.object_id,
                },
            )

    def unschedule(self, object_id: str) -> None:
        """Take everything about an object off the agenda."""
        self.connection.execute(delete(DUE).where(DUE.c.object_id == object_id))

    def next_due(self, until: datetime) -> Due | None:
        """Take the next deed off the agenda, in time order."""
        query = select(DUE).where(DUE.c.at <= to_unix(until))
        row = self.connection.execute(query.order_by(DUE.c.at, DUE.c.seq).limit(1))
        found = row.one_or_none()
        if found is None:
            return None
        self.connection.execute(delete(DUE).where(DUE.c.seq == found.seq))
        return Due(from_unix(found.at), Deed(found.deed), found.object_id)

    def answer(self, key: str) -> Answer | None:
        """Return what a key was answered before."""
        query = select(ANSWER).where(ANSWER.c.key == key)
        row = self.connection.execute(query).one_or_none()
        return Answer(row.command, row.answer) if row else None

    def keep_answer(self, key: str, answer: Answer) -> None:
        """Remember what a key was answered."""
        self._insert(
            ANSWER,
            {
                "key": key,
                "command": answer.command,
                "answer": answer.answer,
                "created": to_unix(self.now),
            },
        )

    def touch(self, payment_id: str, *, by_agent: bool = False) -> None:
        """Bring a payment's row of the list in step with its objects."""
        found = reads.payment(self.connection, payment_id)
        if found is not None:
            who = self.actor.name if by_agent else None
            listed.write(self.connection, found, who)
