"""Preview: the payment under the cursor, beside the list where there is room."""

from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from store.outcome import PaymentDetail
from store.timeline.story import Entry
from tui.status import BADGES, MARKS, QUIET
from tui.text import line, show
from tui.widgets.facts import breakdown, heading
from tui.words import names
from tui.words.method import full
from tui.words.times import Times

_STORY = 12
"""How many steps of the story there is room for."""


class Preview(Widget):
    """What one payment is, was and may become, read only; long stories are cut."""

    DEFAULT_CSS = """
    Preview {
        display: none;
        padding: 0 1;
        border-left: solid $border;
        background: $background;
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._shown = Content("")
        self._lines: list[Strip] = []

    def tell(self, detail: PaymentDetail, times: Times) -> None:
        """Show a payment."""
        parts = [
            _head(detail),
            breakdown(detail),
            _paid(detail, times),
            _story(detail.timeline, times),
        ]
        self._shown = Content("\n\n").join(parts)
        self._draw()

    def clear(self) -> None:
        """Show nothing."""
        self._shown = Content("")
        self._draw()

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        if y < len(self._lines):
            return self._lines[y]
        return Strip.blank(self.size.width, self.visual_style.rich_style)

    def notify_style_update(self) -> None:
        """Draw with the colours of the theme that is on now."""
        super().notify_style_update()
        self._draw()

    def on_resize(self) -> None:
        """Draw what fits now."""
        self._draw()

    def _draw(self) -> None:
        """Draw the lines that differ from what is there; the others are not sent."""
        width, height = self.size
        if not width:
            return
        old, style = self._lines, self.visual_style
        self._lines = Visual.to_strips(self, self._shown, width, height, style)
        for y in range(max(len(old), len(self._lines))):
            if old[y : y + 1] != self._lines[y : y + 1]:
                self.refresh(Region(0, y, width, 1))


def _head(detail: PaymentDetail) -> Content:
    look = BADGES[detail.badge]
    return line(
        (f"{look.code} {look.glyph} ", f"bold {look.style}"),
        (look.word, look.style),
        "\n",
        (names.customer(detail.payment), "bold"),
    )


def _paid(detail: PaymentDetail, times: Times) -> Content:
    payment = detail.payment
    charge = payment.charge
    began = payment.created
    paid = f"{names.began(payment)} {times.when(began)}" if began else ""
    lines = [
        heading("Payment"),
        line(full(charge.method)) if charge else Content(""),
        show(names.email(payment)),
        line((paid, f"${QUIET}")),
        show(payment.id),
        show(charge.id) if charge else Content(""),
    ]
    return Content("\n").join([one for one in lines if one.cell_length])


def _story(entries: tuple[Entry, ...], times: Times) -> Content:
    lines = [heading("Timeline")]
    for entry in entries[:_STORY]:
        glyph, variable = MARKS[entry.mark]
        lines.append(
            line(
                (times.when(entry.at), f"${QUIET}"),
                (f" {glyph} ", f"${variable}"),
                show(entry.text),
            )
        )
    return Content("\n").join(lines)
