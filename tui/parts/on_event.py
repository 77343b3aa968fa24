"""OnEvent: the screen on which an event is meant, and what can be done with it."""

from textual import getters, on, work

from store.errors import StoreError
from store.event import Event
from store.shape.account import event_shape
from tui.actions import COPY_ID
from tui.log_actions import COPY_JSON, TO_OBJECT
from tui.parts.long_list import LongList
from tui.parts.show_bulk import show_bulk
from tui.status import BAD, GOOD
from tui.text import line, plain
from tui.widgets.event_table import EventTable
from tui.words.document import ascii_document

_OF_REFUNDS = ("refund", "failed_refund")
"""What an event's object is where it has the id of a refund."""
_OF_PAYMENTS = ("charge", "payment_intent")
"""What it is where the id leads to a payment."""


class OnEvent(LongList):
    """A list of events whose keys act on the one under the cursor."""

    table = getters.query_one(EventTable)

    @property
    def target(self) -> str | None:
        """Return the payment that the event under the cursor is about, if any."""
        return self.table.line.payment if self.table.line else None

    @on(EventTable.Opened)
    @work(group="menu", exclusive=True)
    async def _open(self) -> None:
        from tui.dialogs.event import EventDialog

        if not (event := self.table.line) or not (times := self.times()):
            return
        match await self.app.push_screen_wait(EventDialog(event, times)):
            case TO_OBJECT.id:
                self._go_to(event)
            case COPY_ID.id:
                self.copy(event.id)
            case COPY_JSON.id:
                self._copy_json(event)

    def action_to_object(self) -> None:
        """Show the refund, payment or bulk that the event is about."""
        if event := self.table.line:
            self._go_to(event)

    def action_copy_id(self) -> None:
        """Copy the event's id."""
        if event := self.table.line:
            self.copy(event.id)

    def action_copy_json(self) -> None:
        """Copy the event as the API gives it."""
        if event := self.table.line:
            self._copy_json(event)

    @work(group="menu", exclusive=True)
    async def action_copy_more(self) -> None:
        """Choose what of the event to copy."""
        from tui.dialogs.copy import CopyDialog, of_event

        if event := self.table.line:
            dialog = CopyDialog(of_event(event))
            self.copy(await self.app.push_screen_wait(dialog))

    def _go_to(self, event: Event) -> None:
        kind = event.data.get("object")
        payment = event.object_id if kind in _OF_PAYMENTS else event.payment
        if kind in _OF_REFUNDS:
            self.app.show_refund(event.object_id)
        elif payment:
            self.app.show_payment(payment)
        elif kind == "bulk":
            self._show_bulk(event.object_id)
        else:
            what = plain(event.object_id)
            self.result.tell(
                line(("✗ ", f"${BAD}"), f"{what} has no screen of its own")
            )

    @work(group="menu", exclusive=True)
    async def _show_bulk(self, id_: str) -> None:
        try:
            if refused := await show_bulk(self.app, id_):
                self.app.say_why_not(refused)
        except StoreError as failed:
            self.tell_failure(failed)

    def _copy_json(self, event: Event) -> None:
        self.app.copy_to_clipboard(ascii_document(event_shape(event)))
        said = f"copied the JSON of {plain(event.id)}"
        self.result.tell(line(("✓ ", f"${GOOD}"), said))
