"""ResultLine: what was done or refused; it stays until it is read."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.text import spread


class ResultLine(Widget):
    """One line: the last result at the left, what is marked at the right."""

    DEFAULT_CSS = """
    ResultLine {
        height: 1;
        padding: 0 1;
        background: $background;
        color: $foreground;
    }
    """

    told: reactive[Content] = reactive(Content(""))
    """The last result."""
    aside: reactive[Content] = reactive(Content(""))
    """What stands at the right, such as what is marked."""

    def tell(self, result: Content) -> None:
        """Show a result until another one comes or it is cleared."""
        self.told = result

    def clear(self) -> None:
        """Take the result away, because it was read."""
        self.told = Content("")

    def render(self) -> Content:
        """Draw both; the aside gives way where there is no room."""
        told, aside, width = self.told, self.aside, self.size.width
        crowded = told.cell_length + aside.cell_length >= width
        aside = Content("") if crowded and told.cell_length else aside
        return spread(told, aside, width)
