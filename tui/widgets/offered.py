"""Offered: the line under a field: what can come next, or what is wrong and where."""

from collections.abc import Sequence
from textwrap import wrap

from textual.content import Content
from textual.widgets import Static

from store.search.completion import Completion
from tui.status import BAD, QUIET
from tui.text import cells, line, plain
from tui.view_actions import COMPLETE

HERE = "^"
_MOST_LINES = 3


class Offered(Static):
    """Hints while typing; an error has its caret under the place that is wrong."""

    DEFAULT_CSS = """
    Offered { width: 1fr; height: auto; min-height: 1; max-height: 3; }
    """

    def offer(self, completions: Sequence[Completion], *, taken: bool = False) -> None:
        """Show how typing can go on, as many ways as there is room for.

        Of those in a round the first is `taken` already: the key takes the second.
        """
        room, shown = self.size.width or self.app.size.width, Content("")
        rest = [one for one in completions if one.label]
        if taken:
            shown = line((f"{plain(rest.pop(0).label)} ", "bold"))
        key = f"{COMPLETE.key} "
        for one in rest:
            item = line(key, (plain(one.label), "$accent"))
            if shown.cell_length + item.cell_length + 2 > room:
                shown = line(shown, (" …", f"${QUIET}"))
                break
            shown, key = line(shown, item), " "
        if len(completions) == 1:
            (only,) = completions
            gap = "  " if shown.plain else ""
            shown = line(shown, (f"{gap}{plain(only.about)}", f"${QUIET}"))
        self.update(shown.truncate(room, ellipsis=True) if shown.plain else shown)

    def point(self, sentence: str, column: int, width: int) -> None:
        """Say what is wrong, with a caret under the column where it is."""
        column = min(column, max(0, width - 1))
        caret = (HERE, f"bold ${BAD}")
        words = plain(sentence)
        if column + 2 + cells(words) <= width:
            self.update(line(" " * column, caret, f" {words}"))
            return
        below = "\n".join(
            wrap(words, max(1, width), max_lines=_MOST_LINES - 1, placeholder=" …")
        )
        self.update(line(" " * column, caret, f"\n{below}"))

    def refuse(self, sentence: str) -> None:
        """Say why what was typed is not taken."""
        self.update(line(("✗ ", f"${BAD}"), plain(sentence)))
