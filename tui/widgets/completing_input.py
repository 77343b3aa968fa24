"""CompletingInput: a field that shows how typing can go on, and recalls what was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.suggester import Suggester

from store.search.completion import Completion
from tui.actions import bindings
from tui.view_actions import RECALLING
from tui.widgets.still_input import StillInput

Complete = Callable[[str, int], Sequence[Completion]]
"""Returns how a text can go on from a place in it; it must not read a store."""
_GOES_ON = (":", "<", ">", "=", " ")
"""After these something else is to be completed."""


class _Ghost(Suggester):
    """Shows the first completion behind the cursor, where it only adds to the text."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the text as it would be, or None where nothing is begun."""
        if not value or value[-1].isspace():
            return None
        found = self._complete(value, len(value))
        return found[0].text if found and found[0].text.startswith(value) else None


class CompletingInput(StillInput):
    """A field of one line: tab takes a completion, tab again the next one.

    At the end of the text the right arrow takes it too. Up and down go through what was
    typed before; down from what is typed now leaves the field.
    """

    DEFAULT_CSS = """
    CompletingInput > .input--suggestion { color: $text-muted; text-style: italic; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(RECALLING)

    @dataclass
    class Offered(Message):
        """Typing can go on in other ways now."""

        completions: Sequence[Completion]
        taken: bool = False
        """Whether the first one is taken already; the next one would replace it."""

    class LeftBelow(Message):
        """Down was pressed and there is nothing newer to recall."""

    def __init__(
        self,
        value: str,
        complete: Complete,
        *,
        past: Sequence[str] = (),
        placeholder: str = "",
        longest: int,
    ) -> None:
        super().__init__(value, placeholder=placeholder, longest=longest, id="field")
        self.suggester = _Ghost(complete)
        self.select_on_focus = False  # what stands there is gone on with, or put right
        self._complete = complete
        self._past = past
        self._back = 0
        self._draft = value
        self._round: Sequence[Completion] = ()
        self._turn = 0

    @property
    def completions(self) -> Sequence[Completion]:
        """Return how typing can go on from where the cursor is."""
        return self._complete(self.value, self.cursor_position)

    @property
    def is_begun(self) -> bool:
        """Tell whether what stands before the cursor is only part of what is offered.

        It is whole where it was itself offered one letter before: `type:card` is.
        """
        at = self.cursor_position
        typed = self.value[:at]
        if not typed or typed[-1].isspace():
            return False
        before = self._complete(typed[:-1], at - 1)
        whole = any(one.label and one.text == typed for one in before)
        return not whole and any(one.label for one in self.completions)

    def on_mount(self) -> None:
        """Begin with what is offered for what stands there."""
        self.post_message(self.Offered(self.completions))

    def watch_selection(self) -> None:
        """Offer what fits where the cursor is now."""
        self._offer()

    def watch_value(self) -> None:
        """Offer what fits what is typed now."""
        self._offer()

    def _offer(self) -> None:
        if not self.is_mounted:
            return
        if self._goes_round:
            turned = (*self._round[self._turn :], *self._round[: self._turn])
            self.post_message(self.Offered(turned, taken=True))
        else:
            self.post_message(self.Offered(self.completions))

    @property
    def _goes_round(self) -> bool:
        """Tell whether what was taken last stands there, so that another may."""
        if not self._round:
            return False
        taken = self._round[self._turn]
        goes_on = taken.text[: taken.caret].endswith(_GOES_ON)
        here = self.value, self.cursor_position
        return here == (taken.text, taken.caret) and not goes_on

    def action_complete(self) -> None:
        """Take the first completion; pressed again, the next one instead."""
        if self._goes_round:
            self._turn = (self._turn + 1) % len(self._round)
        else:
            self._round = tuple(one for one in self.completions if one.label)
            self._turn = 0
        if self._round:
            chosen = self._round[self._turn]
            self.value = chosen.text
            self.cursor_position = chosen.caret

    def action_older(self) -> None:
        """Recall what was typed before."""
        if self._back < len(self._past):
            if not self._back:
                self._draft = self.value
            self._recall(self._back + 1)

    def action_newer(self) -> None:
        """Recall what was typed after that; from the newest, leave."""
        if self._back:
            self._recall(self._back - 1)
        else:
            self.post_message(self.LeftBelow())

    def _recall(self, back: int) -> None:
        self._back = back
        self.value = self._past[-back] if back else self._draft
        self.cursor_position = len(self.value)
