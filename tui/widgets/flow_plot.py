"""FlowPlot: what refunds did to a balance, day by day, drawn in the terminal."""

from collections.abc import Callable, Sequence

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.balance import DayFlow
from store.money import Money
from tui.status import BAD, PART, QUIET, WAITS
from tui.text import join, line

SERIES: tuple[tuple[str, str, Callable[[DayFlow], Money]], ...] = (
    ("refunded", PART, lambda day: day.refunded),
    ("returned", BAD, lambda day: day.returned),
    ("held", WAITS, lambda day: day.held),
)
"""Word, theme variable and amount of each row of bars; the word tells them apart."""
_LEGEND = _DATES = 1
_LEAST_HEIGHT = _LEGEND + len(SERIES) + _DATES
_LABELS_EVERY = 12
"""Cells between the names of two days."""
_WIDEST_DAY = 4
"""Cells that a day gets at most."""


class FlowPlot(Widget):
    """Refunded, returned and held money of each of the last days.

    Each row of bars has a scale of its own, and the amount of its highest bar beside
    it: what is held would dwarf what came back.
    """

    DEFAULT_CSS = """
    FlowPlot {
        background: $background;
        color: $foreground;
        padding: 0 1;
    }
    """

    days: reactive[tuple[DayFlow, ...]] = reactive[tuple[DayFlow, ...]](())
    """What is drawn, the oldest day first."""

    def render(self) -> Content:
        """Draw what there is room for."""
        width, height = self.size
        if not self.days or height < _LEAST_HEIGHT:
            return Content("")
        if not any(amount(day) for *_, amount in SERIES for day in self.days):
            told = f"No refund moved in the last {len(self.days)} days."
            return line((told, f"${QUIET}"))
        rows = [_legend(self.days, width), *drawn(self.days, width, height - _LEGEND)]
        return Content("\n").join(rows)


def _legend(days: Sequence[DayFlow], width: int) -> Content:
    """Return over how many days, and what each row of bars adds up to."""
    span = line((f"Last {len(days)} days", "bold"))
    sums = [
        line((f"{word} ", f"${variable}"), str(_sum(days, amount)))
        for word, variable, amount in SERIES
    ]
    full = join([span, *sums])
    return full if full.cell_length <= width else join([span, *sums[:1]])


def _sum(days: Sequence[DayFlow], amount: Callable[[DayFlow], Money]) -> Money:
    return sum((amount(day) for day in days[1:]), amount(days[0]))


def drawn(days: Sequence[DayFlow], width: int, height: int) -> list[Content]:
    """Return the bars with the names of some days below; at most so many lines.

    Where there is no room for all days, the oldest are left out.
    """
    flows = [[amount(day) for day in days] for *_, amount in SERIES]
    tops = [max(flow, key=lambda one: one.amount) for flow in flows]
    tall = max(1, (height - _DATES) // len(SERIES))
    besides = [
        _beside(word, top, tall) for (word, *_), top in zip(SERIES, tops, strict=True)
    ]
    label = 1 + max(len(said) for beside in besides for said in beside)
    each = max(1, min((width - label) // len(days), _WIDEST_DAY))
    shown = min(len(days), max(0, width - label) // each)
    if not shown:
        return []
    rows: list[Content] = []
    for (word, variable, _), flow, beside in zip(SERIES, flows, besides, strict=True):
        bars = _bars([one.amount for one in flow[-shown:]], each, tall)
        for number, (said, bar) in enumerate(zip(beside, bars, strict=True)):
            named = 0 if number else len(word)
            style = f"${variable}"
            at = said.ljust(label)
            rows.append(line((at[:named], style), at[named:], (bar, style)))
    dates = " " * label + _dates(days[-shown:], each)
    return [*rows, line((dates, f"${QUIET}"))]


def _beside(word: str, top: Money, tall: int) -> list[str]:
    """Return what stands beside a row of bars: its word, how much a full bar means."""
    most = f"up to {top.digits()}" if top else "nothing"
    return [f"{word} {most}"] if tall == 1 else [word, most, *[""] * (tall - 2)]


def _bars(amounts: Sequence[int], each: int, height: int) -> list[str]:
    """Return a bar a day, each day so many cells wide."""
    # The library keeps one figure of its own and takes a while to load.
    import plotext

    top = max(amounts)
    if not top:
        return [""] * height
    count, halves = len(amounts), 2 * max(1, each - 1)
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.limit_size(False, False)  # noqa: FBT003 - not to some terminal's size
    plotext.plotsize(count * each, height)
    plotext.frame(False)  # noqa: FBT003 - the library's own form
    # It draws on half cells. A day begins with a cell and its bar is whole cells, one
    # less than the day has: so every bar has the same form.
    spread = (halves - 1) / (2 * each)
    plotext.bar(list(range(count)), amounts, width=spread, marker="hd")
    plotext.xlim(-spread / 2, count - spread / 2 - 0.5 / each)
    plotext.xticks([], [])
    plotext.yticks([], [])
    # A highest bar that ends half a cell below the row above does not touch its bars.
    levels = 2 * height - 1
    plotext.ylim(0, top * levels / (levels - 1) if levels > 1 else top)
    drawing: str = plotext.uncolorize(plotext.build())
    return drawing.rstrip("\n").split("\n")


def _dates(days: Sequence[DayFlow], each: int) -> str:
    """Return the names of some days, each below its bar; the last one is named."""
    step = -(-_LABELS_EVERY // each)
    row = ""
    for number, day in reversed(list(enumerate(days))[::-step]):
        name = f"{day.date:%d %b}"
        place = min(number * each, len(days) * each - len(name))
        if place >= len(row):
            row = row.ljust(place) + name
    return row
