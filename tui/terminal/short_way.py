"""ShortWay: a cursor key moves the list at once, past the queues that lie between.

The toolkit hands a key from the app to what has the focus and from there up again,
queue by queue; under a held key that takes longer than moving and painting.
"""

from typing import Protocol, runtime_checkable

from textual.events import Event, InputEvent, Key, Paste

from tui.actions import MOVES
from tui.console import Console


@runtime_checkable
class Moved(Protocol):
    """What cursor keys move."""

    def move(self, id_: str) -> None:
        """Move as the action of that id does."""


class ShortWay:
    """Takes cursor keys where nothing typed before them is still on its long way."""

    def __init__(self, app: Console) -> None:
        self._app = app
        keys = app.settings.keys
        self._moves = {
            key: action.id
            for action in MOVES
            for key in keys.get(action.id, action.keys).split(",")
        }
        self._under_way: Event | None = None

    def takes(self, event: Event) -> bool:
        """Move the list if the event is a key for that; tell whether it was."""
        if event.is_forwarded or not isinstance(event, (InputEvent, Paste)):
            return False
        focused = self._app.focused
        if (
            self._under_way is None
            and isinstance(event, Key)
            and (move := self._moves.get(event.key))
            and self._app.app_focus
            and isinstance(focused, Moved)
        ):
            focused.move(move)
            return True
        self._under_way = event
        return False

    def came_back(self, event: Event) -> None:
        """Learn that an event has been all the way and is done."""
        if event is self._under_way:
            self._under_way = None
