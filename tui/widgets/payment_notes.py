"""Payment notes: what agents wrote down about a payment, newest first."""

from collections.abc import Sequence

from textual.content import Content

from store.desk.note import ADDED, LONGEST, Note, note_of
from store.event import Event
from tui.payment_actions import NOTE
from tui.status import QUIET
from tui.text import line, plain, show
from tui.widgets.facts import heading
from tui.words.times import Times


def told(events: Sequence[Event], times: Times) -> Content:
    """Return the notes among a payment's events, or the key that adds one."""
    found = [note_of(event) for event in reversed(events) if event.type == ADDED]
    if not found:
        hint = line((f"none yet · {NOTE.key} adds one", f"${QUIET}"))
        return Content("\n").join([heading("Notes"), hint])
    return Content("\n").join([heading("Notes"), *(_row(one, times) for one in found)])


def _row(note: Note, times: Times) -> Content:
    head = line((f"{plain(note.actor)} {times.when(note.created)}", f"${QUIET}"))
    lines = [show(one, limit=LONGEST) for one in note.text.splitlines() if one.strip()]
    return Content("\n  ").join([head, *lines])
