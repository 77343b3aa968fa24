"""Transaction: the one path of every write; domain objects in, rows out."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import (
    BindParameter,
    Connection,
    Insert,
    Table,
    Update,
    bindparam,
    insert,
    select,
    update,
)

from store.clock import to_unix
from store.errors import Refused
from store.event import Actor, Event
from store.ids import IdFactory
from store.ledger import Posting, Side
from store.money import Money
from store.outcome import Movement
from store.payment import Charge, Customer, Dispute, Intent, Payment
from store.rates import SANDBOX_RATES, Rates
from store.refund import Refund
from store.settings import Settings
from store.shape import Json
from store.sql import listed, log, reads, settings
from store.sql.accounts import OPEN_ACCOUNT
from store.sql.agenda import Agenda
from store.sql.mapping import (
    Values,
    charge_values,
    customer_values,
    dispute_values,
    intent_values,
)
from store.sql.mapping_money import (
    account_values,
    event_values,
    movement_values,
    refund_values,
)
from store.sql.tables import (
    ANSWER,
    CHARGE,
    CUSTOMER,
    DISPUTE,
    INTENT,
    MOVEMENT,
    POSTING,
    REFUND,
    TOPUP,
)

# Built once: building a statement takes four times as long as running it.
_GIVEN: BindParameter[str | int] = bindparam("given")
_POSTED = (
    select(POSTING.c.seq)
    .where(POSTING.c.source == _GIVEN, POSTING.c.code == bindparam("code"))
    .limit(1)
)
_MATURE = update(MOVEMENT).where(MOVEMENT.c.id == _GIVEN).values(status="available")
_ANSWER = select(ANSWER).where(ANSWER.c.key == _GIVEN)


@cache
def _adding(table: Table) -> Insert:
    return insert(table)


@cache
def _rewriting(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("this"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an idempotency key was answered: to which command, with what."""

    command: str
    answer: str


class Transaction(Agenda):
    """One write; nothing of it is there until the caller commits.

    Everything it writes carries `now`, the actor and the idempotency key. Time never
    runs back: `now` is not before what was written last, whatever the clock says.
    """

    def __init__(
        self,
        connection: Connection,
        now: datetime,
        ids: IdFactory,
        actor: Actor,
        key: str | None = None,
        *,
        rates: Rates = SANDBOX_RATES,
    ) -> None:
        self.connection = connection
        self._reached = settings.reached(connection)
        self.now = max(now, self._reached)
        self.ids = ids
        self.actor = actor
        self.key = key
        self.rates = rates
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
        if self.now > self._reached:
            settings.reach(self.connection, self.now)
        self.connection.commit()

    def turn_to(self, moment: datetime) -> None:
        """Go on at a moment that has come."""
        self.now = max(moment, self._reached)

    def rollback(self) -> None:
        """Leave everything as it was."""
        self.connection.rollback()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Undo what is done inside when it is refused, and nothing else."""
        self.connection.exec_driver_sql("SAVEPOINT step")
        try:
            yield
        except Refused:
            # After any other failure the database may have ended the transaction.
            self.connection.exec_driver_sql("ROLLBACK TO step")
            raise
        self.connection.exec_driver_sql("RELEASE step")

    def _insert(self, table: Table, values: Values) -> None:
        """Write a row."""
        self.connection.execute(_adding(table), values)

    def _update(self, table: Table, values: Values) -> None:
        """Rewrite the row of that id."""
        self.connection.execute(_rewriting(table), {**values, "this": values["id"]})

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
        self.connection.execute(_MATURE, {"given": movement.id})

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
            debit, credit = one.sides
            self._open(debit)
            self._open(credit)
            self._insert(
                POSTING,
                {
                    "code": one.code,
                    "debit": debit.id,
                    "credit": credit.id,
                    "amount": one.money.amount,
                    "currency": one.money.currency,
                    "source": one.source,
                    "created": to_unix(self.now),
                },
            )

    def _open(self, side: Side) -> None:
        if side.id in self._accounts:
            return
        self.connection.execute(OPEN_ACCOUNT, account_values(side))
        self._accounts.add(side.id)

    def has_posting(self, code: str, source: str) -> bool:
        """Tell whether such a movement was posted for an object."""
        wanted = {"given": source, "code": code}
        return self.connection.execute(_POSTED, wanted).first() is not None

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

    def answer(self, key: str) -> Answer | None:
        """Return what a key was answered before."""
        row = self.connection.execute(_ANSWER, {"given": key}).one_or_none()
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

    def touch(self, payment_id: str, *, by_agent: bool = False) -> Payment | None:
        """Bring a payment's row of the list in step with its objects; return it."""
        found = reads.payment(self.connection, payment_id)
        if found is None:
            return None
        who = self.actor.name if by_agent else None
        version = listed.write(self.connection, found, who)
        return replace(found, version=version)
