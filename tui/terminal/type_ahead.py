"""TypeAhead: keys that were typed before that which they are meant for was there.

Whoever types `/jane` in one go means a filter, and `p12.50` an amount: on the list `n`
would add a note, and `5` show the events.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from textual.events import Event, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.widget import Widget

from tui.action import Action
from tui.actions import ALL, BY_ID, COMMAND, FILTER, FIND, HELP, MENU, PALETTE
from tui.console import Console

_LINES = (FILTER, FIND, COMMAND, HELP, PALETTE)
"""What opens a line to type into, and reads no store for it."""
_OPENERS = {one.id for one in (*_LINES, MENU)} | {
    one.id for one in ALL if one.title.endswith("…")
}
"""What opens something: a title that goes on with … asks before it acts."""
_FLOWS = ("flow", "menu", "export", "bulk resume")
"""The workers that read what a dialog shows, and wait for its answer."""
_STEP = 0.01
_STEPS = 200
"""How often what opens is looked for; where it does not come, the keys are dropped."""


class TypeAhead:
    """Holds keys back from the key that opens a line or a dialog until that is there.

    What was held is then done key by key, each once the one before has done its work.
    """

    def __init__(
        self, app: Console, pass_on: Callable[[Event], Awaitable[None]]
    ) -> None:
        self._app = app
        self._pass_on = pass_on
        keys = app.settings.keys
        self._keys = {
            key for id_ in _OPENERS for key in keys.get(id_, BY_ID[id_].keys).split(",")
        }
        self._held: deque[Event] | None = None

    def holds(self, event: Event) -> bool:
        """Tell whether an event is kept for what is not there yet."""
        if not isinstance(event, (Key, Paste)) or event.is_forwarded:
            return False
        if self._held is not None:
            self._held.append(event)
            return True
        if opener := self._opened_by(event):
            self._held = held = deque[Event]()
            coming = self._come(held, opener, self._app.screen, self._app.focused)
            self._app.run_worker(coming, group="type ahead")
        return False

    def _opened_by(self, event: Event) -> Action | None:
        """Return what a key opens where it is pressed, if it opens anything now."""
        if not isinstance(event, Key) or event.key not in self._keys:
            return None
        focused = self._app.focused
        if focused and focused.check_consume_key(event.key, event.character):
            return None
        found = self._app.screen.active_bindings.get(event.key)
        if found is None or not found.enabled or found.binding.id not in _OPENERS:
            return None
        opener = BY_ID[found.binding.id]
        if opener.changes and self._app.ask.read_only:
            return None
        is_line = opener in _LINES
        return opener if is_line or not self._is_asking(self._app.screen) else None

    async def _come(
        self,
        held: deque[Event],
        opener: Action,
        screen: Screen[object],
        focused: Widget | None,
    ) -> None:
        """Wait for what opens, and do what was typed meanwhile; none comes, none is."""
        try:
            await self._done_by(focused or screen)
            while await self._is_there(opener, screen, focused):
                await self._done_by(self._app.focused or self._app.screen)
                while held:
                    event = held.popleft()
                    screen, focused = self._app.screen, self._app.focused
                    begins = self._opened_by(event)
                    await self._pass_on(event)
                    await self._done_by(focused or screen)
                    if begins:
                        opener = begins
                        break
                else:
                    return
        finally:
            self._held = None

    async def _is_there(
        self, opener: Action, screen: Screen[object], focused: Widget | None
    ) -> bool:
        """Wait until what opens can be typed into; tell whether it came."""
        for _ in range(_STEPS):
            line = self._app.focused
            if opener in _LINES:
                if line and line is not focused and line.check_consume_key("a", "a"):
                    return True
            elif (shown := self._app.screen) is not screen:
                await _emptied(shown)
                if self._app.focused or (shown.is_mounted and not shown.focus_chain):
                    return True
            elif not self._is_asking(screen):
                return False
            await asyncio.sleep(_STEP)
        return False

    def _is_asking(self, screen: Screen[object]) -> bool:
        """Tell whether a dialog is being prepared on a screen, or has its answer."""
        return any(
            one.node in (screen, self._app) and not one.is_finished
            for one in self._app.workers
            if one.group in _FLOWS
        )

    async def _done_by(self, node: Widget) -> None:
        """Wait until an event has gone from the app to a node and back, all the way."""
        for pump in (self._app, *node.ancestors_with_self):
            await _emptied(pump)


async def _emptied(pump: MessagePump) -> None:
    """Wait until all that waits in a queue is done; one that closes has none."""
    done = asyncio.Event()
    for _ in range(_STEPS if pump.call_later(done.set) else 0):
        if done.is_set() or not pump.is_running:
            return
        await asyncio.sleep(0)
        if not done.is_set():
            await asyncio.sleep(_STEP)
