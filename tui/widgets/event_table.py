"""EventTable: the log as a list of any length."""

from store.event import Event
from tui.widgets.event_columns import EVENTS
from tui.widgets.row_table import RowTable


class EventTable(RowTable[Event]):
    """A virtual list of events, the newest on top."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(EVENTS, id)
