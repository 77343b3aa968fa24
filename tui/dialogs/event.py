"""Event dialog: one event in full, as JSON that scrolls."""

from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from store.event import Event
from store.shape.account import event_shape
from tui.actions import BACK, COPY_ID, LEAVE, bindings
from tui.dialogs.dialog import Dialog
from tui.log_actions import COPY_JSON, TO_OBJECT
from tui.status import QUIET
from tui.text import exact, join, line, plain
from tui.widgets.facts_pane import FactsPane
from tui.words.document import document
from tui.words.times import Times

_RUN = (TO_OBJECT, COPY_ID, COPY_JSON)
"""What the screen beneath does with the event."""
_WIDEST = 100
"""Cells of the box, as its style sheet has it."""
_EDGES = 6
"""Cells of its border, its padding and the thumb."""


class EventDialog(Dialog[str | None]):
    """Returns the id of the action that was asked for, or None when it was closed."""

    CSS_PATH = "event.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(BACK, LEAVE),
        *(replace(one.binding, action=f"choose('{one.id}')") for one in _RUN),
    ]

    def __init__(self, event: Event, times: Times) -> None:
        super().__init__()
        self._event = event
        self._times = times

    def compose(self) -> ComposeResult:
        """Lay out who did what, and the JSON below it."""
        event = self._event
        with Vertical(classes="box") as box:
            box.border_title = Content(plain(event.type))
            keys = [f"{one.key} {one.label or one.title.lower()}" for one in _RUN]
            box.border_subtitle = Content(" · ".join([*keys, BACK.key]))
            yield Static(self._about(), id="about")
            with FactsPane(id="json"):
                yield Static(self._json())

    def _about(self) -> Content:
        event = self._event
        when = exact(event.created, self._times.zone)
        said = [line((plain(event.object_id), "bold")), line(plain(event.actor))]
        if event.key:
            said.append(line((f"key {plain(event.key)}", f"${QUIET}")))
        return Content("\n").join([join(said), line((when, f"${QUIET}"))])

    def on_mount(self) -> None:
        """Let the cursor keys scroll the JSON."""
        self.query_one(FactsPane).focus()

    def _json(self) -> Content:
        width = min(self.app.size.width, _WIDEST) - _EDGES
        return document(event_shape(self._event), width)

    def on_resize(self) -> None:
        """Give every line of the JSON the room there is now."""
        part = self.query_one("#json Static", Static)
        if (told := self._json()) != part.content:
            part.update(told)

    def action_choose(self, id_: str) -> None:
        """Return what is to be done with the event."""
        self.dismiss(id_)

    def action_back(self) -> None:
        """Close."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Close."""
        self.dismiss(None)
