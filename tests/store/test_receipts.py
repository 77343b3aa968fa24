"""Receipts: who is told of a refund by email, once, and what becomes of the mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from mail_server import Carrier
from refunded import MIA, refund

import store as door
from conftest import ADA, MONDAY, Funds, Later, Pay
from store.clock import StandingClock
from store.errors import Refused
from store.ids import SeededIds
from store.mail.post import PostFailed
from store.mail.receipt import MailState
from store.payment import Customer
from store.settings import Settings

if TYPE_CHECKING:
    from store import Store
    from store.mail.receipt import Mail


class PowerCut(BaseException):
    """The process ends here, in the middle of it."""


@pytest.fixture
def carrier() -> Carrier:
    """A postman."""
    return Carrier()


@pytest.fixture
def store(url: str, clock: StandingClock, carrier: Carrier) -> Iterator[Store]:
    """A store with money, a postman and receipts switched on."""
    ids = SeededIds("post")
    with door.open_store(url, clock=clock, ids=ids, postman=carrier) as made:
        made.configure(Settings(email_receipts=True))
        made.topups.create(amount=50_000, currency="usd", actor=MIA)
        yield made


def outbox(store: Store) -> list[Mail]:
    """Return every mail, oldest first."""
    return list(store.receipts.list(limit=100))[::-1]


def test_a_refund_is_told_of(store: Store, pay: Pay, carrier: Carrier) -> None:
    """The mail is in the outbox with the refund, and out with the next advance."""
    given = refund(store, pay(), amount=2_000)
    (waiting,) = outbox(store)
    assert (waiting.state, waiting.refund) == (MailState.WAITING, given)
    assert carrier.carried == []
    assert store.refunds.retrieve(given).receipt_number is None
    store.advance()
    (mail,) = outbox(store)
    assert carrier.carried == [(mail.id, mail.letter)]
    assert mail.letter.to == "ada@example.com"
    assert (mail.state, mail.sent, mail.attempts) == (MailState.SENT, MONDAY, 1)
    store.advance()
    assert len(carrier.carried) == 1


def test_the_number_comes_with_the_mail(store: Store, pay: Pay) -> None:
    """A refund has its receipt number only once the email was sent, and says so."""
    given = refund(store, pay())
    store.advance()
    number = store.refunds.retrieve(given).receipt_number
    (mail,) = outbox(store)
    assert number == mail.number
    assert number in mail.letter.body
    told = store.events.newest(limit=2)
    assert [one.type for one in told] == ["charge.refund.updated", "refund.updated"]
    assert told[0].previous == {"receipt_number": None}
    assert store.examine() == ()


@pytest.mark.parametrize(
    ("on", "customer"),
    [
        (False, ADA),
        (True, None),
        (True, replace(ADA, email=None)),
        (True, Customer("cus_x", "X", "x@example.com\r\nBcc: all@example.com")),
    ],
)
def test_nobody_is_told(
    store: Store, pay: Pay, *, on: bool, customer: Customer | None
) -> None:
    """Without the setting, a customer or an address that is one, nothing is written."""
    store.configure(Settings(email_receipts=on))
    refund(store, pay(customer=customer))
    store.advance()
    assert outbox(store) == []


def test_a_preview_writes_nothing(store: Store, pay: Pay) -> None:
    """Looking at what would happen tells nobody."""
    store.refunds.create(payment_intent=pay().id, actor=MIA, preview=True)
    assert outbox(store) == []


def test_a_held_refund_is_told_of_when_it_goes(
    store: Store, pay: Pay, funds: Funds, later: Later, carrier: Carrier
) -> None:
    """While it waits for funds there is nothing to tell; then there is, once."""
    paid = pay(60_000, method="pm_card_visa")
    refund(store, paid)
    store.advance()
    assert outbox(store) == []
    funds(20_000)
    store.advance()
    assert [mail.state for mail in outbox(store)] == [MailState.SENT]
    later(timedelta(days=20))
    assert len(carrier.carried) == 1


def test_sending_it_again_by_hand(store: Store, pay: Pay, carrier: Carrier) -> None:
    """Again, elsewhere, without the setting: always under the refund's own number."""
    given = refund(store, pay())
    first = store.receipts.send(given, actor=MIA)
    assert len(carrier.carried) == 2
    store.configure(Settings(email_receipts=False))
    told = store.events.newest(limit=1)
    again = store.receipts.send(given, actor=MIA, to="home@example.com", key="k")
    assert again.letter.to == "home@example.com"
    assert again.number == first.number
    assert again.state is MailState.SENT
    assert store.events.newest(limit=1) == told
    once = store.receipts.send(given, actor=MIA, to="home@example.com", key="k")
    assert once == again
    assert len(carrier.carried) == 3


@pytest.mark.parametrize(
    ("to", "said"),
    [
        (None, "The customer has no email address to send a receipt to."),
        ("a@b\nBcc: c@d", "Invalid email address: a@b Bcc: c@d"),
        ("no address", "Invalid email address: no address"),
        ("a@b@c", "Invalid email address: a@b@c"),
        ("<a@b>", "Invalid email address: <a@b>"),
    ],
)
def test_by_hand_needs_an_address(
    store: Store, pay: Pay, to: str | None, said: str
) -> None:
    """Nobody to write to, or no way to: refused, nothing written."""
    given = refund(store, pay(customer=None))
    with pytest.raises(Refused) as refused:
        store.receipts.send(given, actor=MIA, to=to)
    assert str(refused.value) == said
    assert outbox(store) == []


def test_by_hand_needs_a_refund_on_its_way(store: Store, pay: Pay) -> None:
    """A refund that waits for funds, or does not exist, has no receipt."""
    held = refund(store, pay(60_000, method="pm_card_visa"))
    with pytest.raises(Refused, match="once the refund is on its way"):
        store.receipts.send(held, actor=MIA)
    with pytest.raises(Refused, match="No such refund: 're_x'"):
        store.receipts.send("re_x", actor=MIA)


def test_what_was_not_taken_is_tried_again(
    store: Store, pay: Pay, later: Later, carrier: Carrier
) -> None:
    """Trouble is written down; the same mail goes out later, under the same id."""
    carrier.troubles = [PostFailed("No line."), PostFailed("Busy.")]
    refund(store, pay())
    store.advance()
    (mail,) = outbox(store)
    assert (mail.state, mail.error) == (MailState.WAITING, "No line.")
    assert mail.due == MONDAY + timedelta(minutes=5)
    later(timedelta(minutes=4))
    assert len(carrier.troubles) == 1
    later(timedelta(minutes=1))
    later(timedelta(minutes=20))
    (sent,) = outbox(store)
    assert (sent.state, sent.attempts, sent.error) == (MailState.SENT, 3, None)
    assert [given for given, _ in carrier.carried] == [mail.id]


def test_a_server_in_trouble_is_left_alone(
    store: Store, pay: Pay, carrier: Carrier
) -> None:
    """One mail a time finds out whether it is back; a refused one stops nobody."""
    refund(store, pay(), amount=100)
    refund(store, pay(), amount=100)
    carrier.troubles = [PostFailed("No such user.", is_final=True), PostFailed("Busy.")]
    store.advance()
    assert [(one.state, one.attempts) for one in outbox(store)] == [
        (MailState.FAILED, 1),
        (MailState.WAITING, 1),
    ]
    refund(store, pay(), amount=100)
    refund(store, pay(), amount=100)
    carrier.troubles = [PostFailed("Busy."), PostFailed("Busy.")]
    store.advance()
    assert len(carrier.troubles) == 1
    assert outbox(store)[-1].attempts == 0


@pytest.mark.parametrize(
    ("troubles", "attempts"),
    [
        ([PostFailed("No such user.", is_final=True)], 1),
        ([PostFailed("Busy.")] * 5, 5),
    ],
)
def test_a_mail_is_given_up(
    store: Store,
    pay: Pay,
    later: Later,
    carrier: Carrier,
    troubles: list[BaseException],
    attempts: int,
) -> None:
    """A final answer ends it at once, trouble after five tries; no number is given."""
    carrier.troubles = list(troubles)
    given = refund(store, pay())
    for _ in range(8):
        later(timedelta(hours=1))
    (mail,) = outbox(store)
    assert (mail.state, mail.attempts) == (MailState.FAILED, attempts)
    assert store.refunds.retrieve(given).receipt_number is None
    assert store.receipts.send(given, actor=MIA).state is MailState.SENT


def test_a_crash_while_sending(
    store: Store, pay: Pay, later: Later, carrier: Carrier
) -> None:
    """What may be out is not sent again at once; after a while it is, under its id."""
    carrier.troubles = [PowerCut()]
    refund(store, pay())
    with pytest.raises(PowerCut):
        store.advance()
    (mail,) = outbox(store)
    assert (mail.state, mail.attempts) == (MailState.SENDING, 1)
    later(timedelta(minutes=14))
    assert carrier.carried == []
    later(timedelta(minutes=1))
    assert [given for given, _ in carrier.carried] == [mail.id]


def test_without_a_mail_server(url: str, clock: StandingClock, pay: Pay) -> None:
    """The mail stays in the outbox and says that it is a sandbox's; no number."""
    paid = pay()
    with door.open_store(url, clock=clock, ids=SeededIds("other")) as sandbox:
        given = refund(sandbox, paid)
        sandbox.advance()
        (mail,) = outbox(sandbox)
        assert (mail.state, mail.sent) == (MailState.SANDBOX, None)
        assert sandbox.refunds.retrieve(given).receipt_number is None
        assert sandbox.receipts.send(given, actor=MIA).state is MailState.SANDBOX


def test_a_demo_writes_to_nobody(
    tmp_path_factory: pytest.TempPathFactory, clock: StandingClock, carrier: Carrier
) -> None:
    """Made-up people get no mail, whatever mail server there is."""
    url = f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}"
    with door.open_store(
        url, clock=clock, mode=door.Mode.DEMO, postman=carrier
    ) as demo:
        demo.configure(Settings(email_receipts=True))
        paid = demo.payment_intents.create(
            amount=100,
            currency="usd",
            payment_method="pm_card_bypassPending",
            customer=ADA,
            actor=MIA,
        )
        demo.topups.create(amount=1_000, currency="usd", actor=MIA)
        refund(demo, paid.payment)
        demo.advance()
        assert [mail.state for mail in outbox(demo)] == [MailState.SANDBOX]
    assert carrier.carried == []
