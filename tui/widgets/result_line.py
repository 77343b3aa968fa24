"""ResultLine: what was done or refused; it stays until it is read."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.text import spread


class ResultLine(Widget):
    """The last result at the left, what is marked at the right.

    One line, unless a result needs more: a refusal can be read to its end.
    """

    DEFAULT_CSS = """
    ResultLine {
        height: auto;
        min-height: 1;
        max-height: 5;
        padding: 0 1;
        background: $background;
        color: $foreground;
    }
    """

    told: reactive[Content] = reactive(Content(""), layout=True)
    """The last result."""
    aside: reactive[Content] = reactive(Content(""))
    """What stands at the right, such as what is marked."""

    def tell(self, result: Content) -> None:
        """Show a result until another one comes or it is cleared."""
        self.told = result

    def clear(self) -> None:
        """Take the result away, because it was read."""
        self.told = Content("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many lines the result needs."""
        del container, viewport
        return max(1, len(self.told.wrap(width))) if width else 1

    def render(self) -> Content:
        """Draw both; the aside gives way where there is no room."""
        told, aside, width = self.told, self.aside, self.size.width
        if told.cell_length > width:
            return told
        crowded = told.cell_length + aside.cell_length >= width
        aside = Content("") if crowded and told.cell_length else aside
        return spread(told, aside, width)
