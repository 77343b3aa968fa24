"""How a write runs: key, rules, rows, postings, events, answer, commit."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from typing import TypeVar

from store import refusals
from store.clock import Clock
from store.desk.change import last_change
from store.desk.replied import ReplyingKey
from store.errors import Refusal, Refused, StaleView
from store.event import Actor
from store.ids import IdFactory
from store.key import as_given
from store.payment import Payment
from store.rates import SANDBOX_RATES, Rates
from store.sql import reads, replies
from store.sql.engine import Database
from store.sql.postgres import Outpaced
from store.sql.transaction import Answer, Transaction

T = TypeVar("T")
_AGAIN = 4
"""How often a request is tried again that a session outside the store undid."""


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what, under which key, having seen which version."""

    verb: str
    params: Mapping[str, object]
    actor: Actor
    key: str | None = None
    seen: int | None = None
    preview: bool = False

    @property
    def command(self) -> str:
        """Return a digest of the verb and its parameters."""
        text = json.dumps([self.verb, self.params], sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


class Verbs:
    """What every noun's verbs share: the database, the clock, the ids, the rates."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        ids: IdFactory,
        rates: Rates = SANDBOX_RATES,
    ) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids
        self._rates = rates

    @contextmanager
    def _begin(self, actor: Actor, key: str | None = None) -> Iterator[Transaction]:
        with self._database.write() as connection:
            now, ids = self._clock.now(), self._ids
            yield Transaction(connection, now, ids, actor, key, rates=self._rates)

    def _run(
        self,
        request: Request,
        act: Callable[[Transaction], T],
        recall: Callable[[Transaction, str], T],
        name: Callable[[T], str],
    ) -> T:
        """Carry a request out once.

        Args:
            request: What is asked.
            act: Does it, in the transaction.
            recall: Answers a key that was used before, from the object it made.
            name: The id of the object that an answer is about.

        Raises:
            Refused: The rules say no; nothing was changed.
            StaleView: The payment changed since the caller looked.
        """
        for _ in range(_AGAIN):
            with suppress(Outpaced):
                return self._once(request, act, recall, name)
        return self._once(request, act, recall, name)

    def _once(
        self,
        request: Request,
        act: Callable[[Transaction], T],
        recall: Callable[[Transaction, str], T],
        name: Callable[[T], str],
    ) -> T:
        with self._begin(request.actor, request.key) as tx:
            if tx.key and (kept := tx.answer(tx.key)):
                if isinstance(request.key, ReplyingKey):
                    request.key.was_used = True
                return recall(tx, _replayed(request, kept))
            try:
                with tx.step():
                    result = act(tx)
            except Refused as refused:
                _keep_refusal(tx, request, refused.refusal)
                raise
            if request.preview:
                tx.rollback()
                return result
            if tx.key:
                tx.keep_answer(tx.key, Answer(request.command, name(result)))
            if isinstance(request.key, ReplyingKey):
                _keep_reply(tx, request.key, result)
            tx.commit()
            return result


def _keep_reply(tx: Transaction, key: ReplyingKey, result: object) -> None:
    if reply := key.reply(result):
        replies.add(tx.connection, key, reply, tx.now)


def _keep_refusal(tx: Transaction, request: Request, refusal: Refusal) -> None:
    if tx.key and not request.preview:
        said = json.dumps({"refusal": asdict(refusal)})
        tx.keep_answer(tx.key, Answer(request.command, said))
        tx.commit()


def _replayed(request: Request, kept: Answer) -> str:
    """Return the object that the key made, or refuse as it was refused."""
    if kept.command != request.command:
        raise Refused(refusals.idempotency_mismatch(as_given(request.key or "")))
    if kept.answer.startswith("{"):
        raise Refused(Refusal(**json.loads(kept.answer)["refusal"]))
    return kept.answer


def check_seen(tx: Transaction, request: Request, payment: Payment) -> None:
    """Refuse to act on a payment that is no longer what the caller saw.

    Raises:
        StaleView: Its version is another one; its events tell who did what.
    """
    if request.seen is None or request.seen == payment.version:
        return
    told_of = reads.events_of_payment(tx.connection, payment.id)
    change = last_change(told_of, payment)
    told = change.told() if change else "Changed while you looked. Nothing was sent."
    raise StaleView(told, change)
