"""ResultLine: what was done or refused; it stays until it is read."""

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from tui.text import join, spread


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
    standing: reactive[Content] = reactive(Content(""))
    """What goes on meanwhile, such as a bulk refund."""
    news: reactive[Content] = reactive(Content(""))
    """What others did that is not shown yet; it stands rightmost."""

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
        told, width = self.told or self.standing, self.size.width
        standing = self.standing if self.told else Content("")
        aside = join([self.aside, standing, self.news])
        if told.cell_length > width:
            return told
        crowded = told.cell_length + aside.cell_length >= width
        if crowded and told.cell_length:
            fits = told.cell_length + self.news.cell_length < width
            aside = self.news if fits else Content("")
        return spread(told, aside, width)
