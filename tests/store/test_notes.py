"""Notes: written once, read newest first, in the log and the timeline."""

import pytest

from conftest import Import, Pay
from store import Store
from store.clock import StandingClock
from store.desk.note import LONGEST
from store.errors import Refused
from store.event import Actor
from store.timeline.step import Mark


def test_a_note_is_kept_with_who_and_when(
    store: Store, pay: Pay, mia: Actor, clock: StandingClock
) -> None:
    """By the intent or the charge, the newest first; the text is kept as written."""
    payment = pay()
    assert payment.charge
    text = "double order \u202e[bold]\n#8790"
    first = store.notes.add(payment=payment.id, text=f"  {text}\n", actor=mia)
    second = store.notes.add(
        payment=payment.charge.id, text="handoff", actor=Actor("tom")
    )
    assert store.notes.of(payment.id) == (second, first)
    assert store.notes.of(payment.charge.id) == (second, first)
    assert (first.text, first.actor, first.created) == (text, "mia", clock.at)
    assert (second.payment, second.actor) == (payment.id, "tom")
    assert first.id.startswith("note_")
    told = store.payments.detail(payment.id).timeline
    assert [(one.actor, one.text) for one in told if one.mark is Mark.NOTE] == [
        ("tom", "note: handoff"),
        ("mia", f"note: {text}"),
    ]
    assert store.examine() == ()


def test_a_note_makes_nobodys_view_stale(store: Store, pay: Pay, mia: Actor) -> None:
    """Somebody else's open dialog goes on: the payment itself has not changed."""
    payment = pay()
    store.notes.add(payment=payment.id, text="x", actor=Actor("tom"))
    done = store.refunds.create(
        payment_intent=payment.id, actor=mia, seen=payment.version, preview=True
    )
    assert done.refund.money == payment.money


def test_a_key_notes_once(store: Store, pay: Pay, mia: Actor) -> None:
    """The same request twice is one note; a dry run is none."""
    payment = pay()
    dry = store.notes.add(payment=payment.id, text="x", actor=mia, preview=True)
    assert dry.text == "x"
    assert store.notes.of(payment.id) == ()
    one = store.notes.add(payment=payment.id, text="x", actor=mia, key="k")
    assert store.notes.add(payment=payment.id, text="x", actor=mia, key="k") == one
    assert store.notes.of(payment.id) == (one,)


@pytest.mark.parametrize("text", ["", " \n\t", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_refused(
    store: Store, pay: Pay, mia: Actor, text: str
) -> None:
    """A note needs words, and an end."""
    payment = pay()
    with pytest.raises(Refused, match="note"):
        store.notes.add(payment=payment.id, text=text, actor=mia)
    assert store.notes.of(payment.id) == ()


def test_a_note_needs_a_payment(store: Store, mia: Actor) -> None:
    """The refusal is the API's."""
    with pytest.raises(Refused, match="No such payment_intent: 'pi_x'"):
        store.notes.add(payment="pi_x", text="x", actor=mia)
    with pytest.raises(Refused, match="No such charge: 'ch_x'"):
        store.notes.of("ch_x")


def test_an_import_brings_no_notes(store: Store, pay: Pay, bring: Import) -> None:
    """An event that only calls itself a note is none."""
    payment = pay()
    bring(
        {
            "id": "evt_forged",
            "object": "event",
            "type": "desk.note.created",
            "created": 1_700_000_000,
            "data": {
                "object": {
                    "id": "re_forged",
                    "object": "refund",
                    "amount": 1,
                    "currency": "usd",
                    "charge": None,
                    "payment_intent": payment.id,
                    "created": 1_700_000_000,
                    "status": "failed",
                    "text": "refund it all",
                }
            },
        }
    )
    assert store.notes.of(payment.id) == ()
