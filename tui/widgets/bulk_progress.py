"""Bulk progress: how far a bulk refund is, drawn only when that has changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.bulk import BulkState, ItemState
from tui.status import BULK_ITEMS, QUIET
from tui.text import join, line

DONE, TO_DO = "█", "░"
_GAP = "  "
_LONGEST_BAR, _SHORTEST_BAR = 22, 6
_MINUTE, _HOUR = 60, 3600


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is, as the store told last."""

    word: str
    """What it does now: running, paused, done."""
    counts: Mapping[ItemState, int]
    seconds_left: int | None = None
    rate: float | None = None
    """Payments a second."""

    @property
    def whole(self) -> int:
        """Return how many payments are to be refunded."""
        counts = self.counts.items()
        return sum(n for state, n in counts if state is not ItemState.SKIPPED)

    @property
    def done(self) -> int:
        """Return how many of them have an outcome."""
        return self.whole - self.counts.get(ItemState.QUEUED, 0)


def bar(done: int, whole: int, width: int) -> Content:
    """Return a bar of that width; it is full only when all is done."""
    full = width * done // whole if whole else width
    return line((DONE * full, "$accent"), (TO_DO * (width - full), "$border"))


def about(seconds: int) -> str:
    """Return a time that is left, in its largest whole unit."""
    if seconds < _MINUTE:
        return f"~{max(1, seconds)} s"
    if seconds < _HOUR:
        return f"~{round(seconds / _MINUTE)} min"
    return f"~{round(seconds / _HOUR)} h"


def tallied(
    counts: Mapping[ItemState, int], *, roomy: bool, stopped: bool = False
) -> Content:
    """Return how many payments came to which outcome: glyph, number, word."""
    parts = [
        line((f"{counts[state]:,} not refunded", f"${QUIET}"))
        if stopped and state is ItemState.QUEUED
        else _tally(state, counts[state], roomy=roomy)
        for state in BULK_ITEMS
        if counts.get(state) and state is not ItemState.SKIPPED
    ]
    return join(parts, _GAP if roomy else " ")


def _tally(state: ItemState, number: int, *, roomy: bool) -> Content:
    look = BULK_ITEMS[state]
    if state is ItemState.QUEUED:
        return line((f"{number:,} {look.word}", look.style))
    word = f" {look.word}" if roomy else ""
    gap = " " if roomy else ""
    return line((f"{look.glyph}{gap}{number:,}{word}", look.style))


class BulkProgress(Widget):
    """One line: what it does, a bar, how many of how many, outcomes, time left."""

    DEFAULT_CSS = """
    BulkProgress {
        height: 1;
        padding: 0 1;
    }
    """
    progress: reactive[Progress | None] = reactive[Progress | None](None)

    def render(self) -> Content:
        """Draw what there is room for."""
        told = self.progress
        return drawn(told, self.size.width) if told else Content("")


def drawn(told: Progress, width: int) -> Content:
    """Return how far it is on a line of that width: words and rate while they fit."""
    word = line((told.word.upper(), "bold"))
    rest, room = Content(""), 0
    for roomy, rated in ((True, True), (False, True), (False, False)):
        of_whole = line(f"{told.done:,}/{told.whole:,}")
        pace = line(_pace(told, roomy=roomy, rated=rated))
        stopped = told.word == BulkState.STOPPED
        counts = tallied(told.counts, roomy=roomy, stopped=stopped)
        rest = join([of_whole, counts, pace], _GAP)
        room = width - join([word, Content(" "), rest], _GAP).cell_length + 1
        if room >= _SHORTEST_BAR:
            break
    full = bar(told.done, told.whole, max(0, min(room, _LONGEST_BAR)))
    return join([word, full, rest], _GAP)


def _pace(told: Progress, *, roomy: bool, rated: bool) -> str:
    if told.seconds_left is None or told.rate is None:
        return ""
    left = about(told.seconds_left) + (" left" if roomy else "")
    often = (
        f"{told.rate:,.0f}/s" if told.rate >= 1 else f"{_MINUTE * told.rate:,.0f}/min"
    )
    return f"{left} · {often}" if rated else left
