"""Letters go out once, are no receipts, and are in the payment's story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from mail_server import Carrier
from refunded import MIA, refund

import store as door
from conftest import Funds, Pay
from store.clock import StandingClock
from store.errors import Refused
from store.mail.letter import WRITTEN
from store.mail.post import PostFailed
from store.mail.receipt import Letter, MailState
from store.settings import Settings
from store.store import Store

LETTER = Letter("ada@example.com", "Your refund", "Hello [/x] Ada,\n\nit is sent.\n")


@pytest.fixture
def carrier() -> Carrier:
    """A postman."""
    return Carrier()


def test_a_letter_is_mailed_as_it_was_edited(
    url: str, clock: StandingClock, carrier: Carrier, pay: Pay, funds: Funds
) -> None:
    """What the customer gets is what the agent saw; who sent it is in the timeline."""
    payment = pay(4200)
    funds()
    with door.open_store(url, clock=clock, postman=carrier) as store:
        given = refund(store, payment)
        mail = store.letters.send(given, LETTER, actor=MIA)
        assert mail.state is MailState.SENT
        assert [letter for _, letter in carrier.carried] == [LETTER]
        story = store.payments.detail(payment.id).timeline
        (entry,) = (one for one in story if one.text.startswith("letter to"))
        assert entry.actor == "mia"
        sent = "letter to ada@example.com: Your refund · mailed to ada@example.com"
        assert entry.text == sent
        assert entry.refund == given
        assert store.examine() == ()


def test_a_letter_gives_no_receipt_number(
    url: str, clock: StandingClock, carrier: Carrier, pay: Pay, funds: Funds
) -> None:
    """The number comes with the first receipt, also where a letter went before it."""
    payment = pay(4200)
    funds()
    with door.open_store(url, clock=clock, postman=carrier) as store:
        given = refund(store, payment)
        store.letters.send(given, LETTER, actor=MIA)
        assert store.refunds.retrieve(given).receipt_number is None
        receipt = store.receipts.send(given, actor=MIA)
        assert receipt.number
        assert store.refunds.retrieve(given).receipt_number == receipt.number


def test_a_letter_does_not_stand_in_for_the_receipt(
    url: str, clock: StandingClock, carrier: Carrier, pay: Pay, funds: Funds
) -> None:
    """A held refund that was written about still gets its receipt when it goes."""
    payment = pay(4200, method="pm_card_visa")
    with door.open_store(url, clock=clock, postman=carrier) as store:
        store.configure(replace(Settings(), email_receipts=True))
        given = refund(store, payment)
        assert store.refunds.retrieve(given).is_held
        store.letters.send(given, LETTER, actor=MIA)
        funds()
        store.receipts.deliver()
        assert [mail.number != "" for mail in store.receipts.list(limit=9)] == [
            True,
            False,
        ]


def test_one_key_mails_once(store: Store, pay: Pay, funds: Funds) -> None:
    """The same key answers with the same mail; without a mail server it stays here."""
    funds()
    given = refund(store, pay(4200))
    first = store.letters.send(given, LETTER, actor=MIA, key="k1")
    again = store.letters.send(given, LETTER, actor=MIA, key="k1")
    assert first.id == again.id
    assert first.state is MailState.SANDBOX
    assert len(store.events.list(type=WRITTEN)) == 1
    with pytest.raises(Refused, match="same parameters"):
        store.letters.send(given, replace(LETTER, subject="x"), actor=MIA, key="k1")


def test_a_wrong_letter_is_refused_whole(store: Store, pay: Pay, funds: Funds) -> None:
    """No address, no refund: nothing is in the outbox."""
    funds()
    given = refund(store, pay(4200))
    for wrong in (replace(LETTER, to="nobody"), replace(LETTER, body=" ")):
        with pytest.raises(Refused):
            store.letters.send(given, wrong, actor=MIA)
    with pytest.raises(Refused, match="No such refund"):
        store.letters.send("re_none", LETTER, actor=MIA)
    assert len(store.receipts.list(limit=9)) == 0


@pytest.mark.parametrize(("final", "says"), [(True, "could not be"), (False, "not")])
def test_a_letter_that_was_not_mailed_is_not_told_as_sent(
    url: str, clock: StandingClock, pay: Pay, funds: Funds, *, final: bool, says: str
) -> None:
    """The story and the answer to its key say what the outbox says, and why."""
    payment = pay(4200)
    funds()
    why = "The mail server answered 550: no such user"
    carrier = Carrier(troubles=[PostFailed(f"{why}.", is_final=final)])
    with door.open_store(url, clock=clock, postman=carrier) as store:
        store.letters.send(refund(store, payment), LETTER, actor=MIA, key="k")
        story = store.payments.detail(payment.id).timeline
        (entry,) = (one for one in story if one.text.startswith("letter to"))
        answered = store.answer("k")
    assert f"· {says}" in entry.text
    assert "mailed to ada@example.com" in entry.text
    assert entry.text.endswith(why)
    assert answered is not None
    assert why in answered.message
