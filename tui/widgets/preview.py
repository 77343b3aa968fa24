"""Preview: the payment under the cursor, beside the list where there is room."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from store.outcome import PaymentDetail
from store.timeline import Entry
from tui import names
from tui.method import full
from tui.status import BADGES, MARKS, QUIET
from tui.text import line, show
from tui.times import Times
from tui.widgets.facts import block, breakdown, heading

_STORY = 12
"""How many steps of the story there is room for."""


class Preview(Widget):
    """What one payment is, was and may become, read only; long stories are cut."""

    DEFAULT_CSS = """
    Preview {
        display: none;
        width: 40%;
        min-width: 40;
        max-width: 64;
        padding: 0 1;
        border-left: solid $border;
        background: $background;
    }
    """

    shown: reactive[Content] = reactive(Content(""))
    """What is on it."""

    def tell(self, detail: PaymentDetail, times: Times) -> None:
        """Show a payment."""
        self.shown = Content("\n\n").join(
            [
                _head(detail),
                breakdown(detail),
                _paid(detail, times),
                _story(detail.timeline, times),
            ]
        )

    def clear(self) -> None:
        """Show nothing."""
        self.shown = Content("")

    def render(self) -> Content:
        """Draw it."""
        return self.shown


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
    facts: list[tuple[str, Content | str]] = [("payment", show(payment.id))]
    if charge:
        facts.append(("charge", show(charge.id)))
        facts.append(("method", full(charge.method)))
    facts.append(("email", show(names.email(payment))))
    if payment.created:
        facts.append(("created", times.when(payment.created)))
    return block("Payment", facts)


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
