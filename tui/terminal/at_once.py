"""Painting at once: the few lines that a key changed need not wait for a frame.

The toolkit gathers repaints, lets its timer tick and composes every widget beside
the change; under a held cursor key that costs more than the change itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.control import Control
from textual._compositor import CompositorUpdate
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class LinesUpdate(CompositorUpdate):
    """Whole lines of one widget, each with its place on the screen."""

    lines: Sequence[tuple[int, int, Strip]]
    """Column, line and cells."""

    def __rich_console__(
        self, console: Console, options: ConsoleOptions
    ) -> RenderResult:
        """Yield the lines, each after going to its place."""
        for x, y, strip in self.lines:
            yield Control.move_to(x, y)
            yield from strip

    def render_segments(self, console: Console) -> str:
        """Return what the terminal is sent."""
        return "".join(
            Control.move_to(x, y).segment.text + strip.render(console)
            for x, y, strip in self.lines
        )


def paint(widget: Widget, lines: Sequence[int]) -> bool:
    """Draw lines of a widget now; say False where that must wait for a frame.

    The widget must draw by the line, have no border and no padding.
    """
    screen, app = widget.screen, widget.app
    if not screen.is_active or screen._layout_required or app._batch_count:  # noqa: SLF001 - as the toolkit's own frames ask
        return False
    place = _open_place(widget)
    if place is None:
        return False
    widget._styles_cache.set_dirty(*(Region(0, y, place.width, 1) for y in lines))  # noqa: SLF001 - the lines that frames to come draw
    seen = sorted(y for y in lines if 0 <= y < place.height)
    drawn = [
        (place.x, place.y + y, strip)
        for first, last in _spans(seen)
        for y, strip in enumerate(
            widget.render_lines(Region(0, first, place.width, last - first + 1)), first
        )
    ]
    app._display(screen, LinesUpdate(drawn))  # noqa: SLF001 - one frame, as the toolkit writes it
    return True


def _spans(lines: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of lines that follow each other."""
    first = last = -1
    for y in lines:
        if first >= 0 and y > last + 1:
            yield first, last
            first = -1
        first, last = (y if first < 0 else first), y
    if first >= 0:
        yield first, last


def _open_place(widget: Widget) -> Region | None:
    """Return where on the screen a widget is, unless something lies over it."""
    for other, (region, clip) in widget.screen._compositor.visible_widgets.items():  # noqa: SLF001 - topmost first
        if other is widget:
            return region if clip.contains_region(region) else None
        if region.overlaps(widget.region):
            return None
    return None
