"""Notes: write something down about a payment."""

from typing import TYPE_CHECKING

from textual.content import Content

from store.desk.note import Note
from store.errors import StoreError
from tui.dialogs.note import NoteDialog
from tui.flows.attempt import Desk, asked_of, payment_of, write_once
from tui.text import join, line, plain
from tui.words import names, results

if TYPE_CHECKING:
    from store import Store


async def add_note(desk: Desk, payment_id: str) -> Content | None:
    """Ask for a note and keep it; it moves no money, so nothing has to be armed."""
    try:
        payment = (await payment_of(desk, payment_id)).payment
    except StoreError as refused:
        return results.nothing_done(refused)
    who = line(names.customer(payment))
    about = join([line(plain(payment.id)), line(str(payment.money)), who])
    text = await desk.app.push_screen_wait(NoteDialog(about))
    if text is None:
        return None
    key, actor = desk.ask.key(), desk.ask.actor
    asked = asked_of(desk, key, f"note on {payment.id}")

    def add(store: "Store") -> Note:
        return store.notes.add(payment=payment.id, text=text, actor=actor, key=key)

    return await write_once(
        desk, add, asked, results.of_note, lambda note: results.Done(note.id)
    )
