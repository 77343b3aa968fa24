"""Transaction: the one path of every write; domain objects in, rows out."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import BindParameter, Connection, bindparam, select, text

from store.balance import Topup
from store.clock import to_unix
from store.errors import Refused
from store.event import Actor, Event
from store.ids import IdFactory
from store.key import as_given
from store.ledger import Account, Posting, Side, account_id
from store.money import Money
from store.outcome import with_refund
from store.payment import Payment
from store.rates import SANDBOX_RATES, Rates
from store.refund import Refund
from store.review import Review
from store.shape.objects import Json
from store.sql import attempts, listed, log, queue, reads, risk, settings
from store.sql.accounts import OPEN_ACCOUNT
from store.sql.mapping.money import account_values, event_values, topup_values
from store.sql.objects import Objects
from store.sql.prepared import Prepared
from store.sql.tables import ANSWER, POSTING, TOPUP

UNDO = "ROLLBACK TO step"

# Built once: building a statement takes four times as long as running it.
_GIVEN: BindParameter[str | int] = bindparam("given")
_POSTED = Prepared(
    select(POSTING.c.seq)
    .where(POSTING.c.source == _GIVEN, POSTING.c.code == bindparam("code"))
    .limit(1)
)
_ANSWER = Prepared(select(ANSWER).where(ANSWER.c.key == _GIVEN))
_BEGIN = Prepared(text("SAVEPOINT step"))
_END = Prepared(text("RELEASE step"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What an idempotency key was answered: to which command, with what."""

    command: str
    answer: str


class Transaction(Objects):
    """One write; nothing of it is there until the caller commits.

    Everything it writes carries `now`, the actor and the idempotency key. Time never
    runs back: `now` is not before what was written last, whatever the clock says.
    """

    LATER = False
    """Whether its events are written all at once, when it is made lasting."""

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
        self.settings, self._reached = settings.read_with_reached(connection)
        """What the holder has decided, and the time of what was written last."""
        self.now = max(now, self._reached)
        self.ids = ids
        self.actor = actor
        # A key that is more than its text would be taken apart at every row.
        self.key = key and str(key)
        self.rates = rates
        self.told: list[Event] = []
        """The events of this transaction, in order."""
        self._log = log.Log(connection)
        self._rewritten = set()
        self._accounts: set[str] = set()
        self._owed: dict[str, int] = {}
        """What accounts owe that were asked about, with what was posted since."""
        self._request = actor.request or (ids.new("req") if key else None)

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
        _BEGIN.do(self.connection, {})
        forget = self._from_here()
        try:
            yield
        except Refused:
            # After any other failure the database may have ended the transaction.
            self.connection.exec_driver_sql(UNDO)
            forget()
            raise
        _END.do(self.connection, {})

    def _from_here(self) -> Callable[[], None]:
        """Return what forgets all that is noted from here on, once it is undone."""
        end, accounts = self._log.mark(), set(self._accounts)

        def forget() -> None:
            self._log.back_to(end)
            self._accounts = accounts
            self._owed.clear()

        return forget

    def add_topup(self, topup: Topup) -> None:
        """Write a top-up that has arrived."""
        self._insert(TOPUP, topup_values(topup))

    def post(self, *postings: Posting) -> None:
        """Move money; the guards refuse what the available balance does not hold."""
        for one in postings:
            debit, credit = one.sides
            self._open(debit, credit)
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
            for side, more in ((debit, -one.money.amount), (credit, one.money.amount)):
                if side.id in self._owed:
                    self._owed[side.id] += more

    def _open(self, *sides: Side) -> None:
        new = [side for side in sides if side.id not in self._accounts]
        if new:
            OPEN_ACCOUNT.do(self.connection, *map(account_values, new))
            self._accounts.update(one.id for one in new)

    def has_posting(self, code: str, source: str) -> bool:
        """Tell whether such a movement was posted for an object."""
        return _POSTED.first(self.connection, given=source, code=code) is not None

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
            seq=self._log.next_number(),
            id=self.ids.new("evt"),
            type=type_,
            object_id=str(shape["id"]),
            created=self.now,
            actor=self.actor.name,
            data=shape,
            previous=previous or {},
            payment=payment,
            request=self._request,
            key=self.key and as_given(self.key),
        )
        values = event_values(event, self.actor.face.value)
        self._log.append([values], later=self.LATER)
        self.told.append(event)

    def available(self, currency: str, holder: str | None = None) -> Money:
        """Return what a holder has available in a currency; it may be negative."""
        account = account_id(Account.AVAILABLE, currency, holder)
        if account not in self._owed:
            asked = reads.available(self.connection, currency, holder)
            self._owed[account] = asked.amount
        return Money(self._owed[account], currency)

    def waits(self, currency: str, holder: str | None = None) -> bool:
        """Tell whether any refund waits for a holder's funds in a currency."""
        return queue.waits(self.connection, currency, holder)

    def open_review(self, charge: str) -> Review | None:
        """Return the review of a charge that nothing has closed."""
        return risk.open_review(self.connection, charge)

    def answer(self, key: str) -> Answer | None:
        """Return what a key was answered before."""
        row = _ANSWER.first(self.connection, given=key)
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

    def touch_charge(self, payment: Payment) -> Payment | None:
        """Do what `touch` does for an agent; return what the payment's charge shows."""
        after = self.touch(payment.id, by_agent=True)
        if not payment.is_by_attempt:
            return after
        return attempts.payment_named(self.connection, attempts.name_of(payment))

    def refunded(self, payment: Payment, refund: Refund) -> Payment:
        """Do what `touch` does, for a refund that was just added to a payment.

        The payment is as this transaction found it before.
        """
        charge = payment.charge
        if payment.is_by_attempt:
            return self.touch_charge(payment) or payment
        if charge is None or charge.id in self._rewritten or not payment.version:
            return self.touch(payment.id, by_agent=True) or payment
        after = with_refund(payment, refund)
        self._relist(after)
        return after

    def _relist(self, payment: Payment) -> None:
        """Rewrite the row of a payment, of which refunds alone have changed."""
        row = listed.values(payment, self.actor.name)
        listed.rewrite(self.connection, [row])
