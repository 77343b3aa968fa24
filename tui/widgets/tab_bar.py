"""TabBar: the status tabs with their counts."""

from collections.abc import Mapping

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.search.language import Tab
from tui.actions import NEXT_TAB, PREVIOUS_TAB
from tui.status import QUIET, TABS
from tui.text import line, spread

_ORDER = tuple(TABS)


def beside(tab: Tab, step: int) -> Tab:
    """Return the tab that many places further, round the end."""
    return _ORDER[(_ORDER.index(tab) + step) % len(_ORDER)]


class TabBar(Widget):
    """One line: every tab, how many payments it has, and which one is shown."""

    DEFAULT_CSS = """
    TabBar {
        height: 1;
        padding: 0 1;
        background: $background;
        color: $text-muted;
    }
    """

    active: reactive[Tab] = reactive(Tab.ALL)
    """The tab that is shown."""
    counts: reactive[Mapping[Tab, int] | None] = reactive[Mapping[Tab, int] | None](
        None
    )
    """How many payments each tab has, when that is known."""

    def render(self) -> Content:
        """Draw the tabs in full where there is room, else in short, else dense."""
        hint = line((f"{PREVIOUS_TAB.key} {NEXT_TAB.key}", f"${QUIET}"))
        width = self.size.width
        full = self._tabs(short=False)
        if full.cell_length + hint.cell_length < width:
            return spread(full, hint, width)
        tabs = self._tabs(short=True)
        if tabs.cell_length >= width:
            tabs = self._tabs(short=True, gap=" ")
        return spread(tabs, Content(""), width)

    def _tabs(self, *, short: bool, gap: str = "  ") -> Content:
        return Content(gap).join([self._tab(tab, short=short) for tab in TABS])

    def _tab(self, tab: Tab, *, short: bool) -> Content:
        name = TABS[tab].short if short else TABS[tab].title
        count = f" {self.counts[tab]:,}" if self.counts is not None else ""
        if tab is self.active:
            return line((name + count, "bold underline $foreground"))
        return line(name, (count, f"${QUIET}"))
