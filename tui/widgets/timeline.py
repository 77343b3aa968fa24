"""Timeline: the story of a payment, newest first; refund entries lead further."""

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content

from store.timeline.story import Entry
from tui.status import MARKS, QUIET
from tui.text import cells, fit, line, plain
from tui.widgets.rows import Rows
from tui.words.times import Times

_ACTOR = 6
_NARROWEST = 20


class Timeline(Rows):
    """Entries with time, sign, actor and words."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the toolkit's own word
        super().__init__(id=id)
        self._told: list[tuple[str, str, Entry]] = []

    @property
    def refund(self) -> str | None:
        """Return the refund that the entry under the cursor is about."""
        found = [entry.refund for key, _, entry in self._told if key == self.key]
        return found[0] if found else None

    def tell(self, entries: Sequence[Entry], times: Times) -> None:
        """Show the entries; the cursor stays on the one it was on."""
        self._told = [
            ("/".join(entry.key), times.when(entry.at), entry) for entry in entries
        ]
        self._draw()

    def go_to(self, key: str | None) -> None:
        """Put the cursor on the newest entry that tells of the object of that id."""
        told = [row for row, _, one in self._told if key and one.tells_of(key)]
        super().go_to(next(iter(told), None))

    def on_resize(self) -> None:
        """Wrap the words at the width that there is now."""
        self._draw()

    def _draw(self) -> None:
        width = self.room
        stamped = max((cells(stamp) for _, stamp, _ in self._told), default=0)
        self.fill(
            [
                (key, _row(entry, fit(stamp, stamped), width))
                for key, stamp, entry in self._told
            ]
        )


def _row(entry: Entry, stamp: str, width: int) -> Content:
    glyph, variable = MARKS[entry.mark]
    head = line(
        (stamp, f"${QUIET}"),
        (f" {glyph} ", f"${variable}"),
        (fit(plain(entry.actor), _ACTOR), f"${QUIET}"),
        " ",
    )
    room = max(_NARROWEST, width - head.cell_length)
    hanging = "\n" + " " * head.cell_length
    return line(head, hanging.join(wrap(plain(entry.text), room)))
