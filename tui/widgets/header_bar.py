"""HeaderBar: where one is, who acts, and that no real money moves."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.actions import PAYMENTS, PENDING
from tui.text import join, line, plain, spread

PLACES = (PAYMENTS, PENDING)
_ROOMY = 100


class HeaderBar(Widget):
    """One line: the kind of store in words, the places to go, agent, store and zone."""

    DEFAULT_CSS = """
    HeaderBar {
        height: 1;
        background: $panel;
        color: $foreground;
        &:ansi { text-style: reverse; }
    }
    """

    mode: reactive[str] = reactive("")
    """What kind of store it is, in words, once it is open."""
    here: reactive[str] = reactive("")
    """The id of the action that leads to where one is."""
    waiting: reactive[int | None] = reactive[int | None](None)
    """How many payments wait for a refund, when that is known."""
    store: reactive[str] = reactive("")
    """The store's short name."""
    zone: reactive[str] = reactive("")
    """How times are read."""

    def __init__(self, agent: str) -> None:
        super().__init__()
        self._agent = agent

    def render(self) -> Content:
        """Draw the places left and the session right."""
        roomy = self.size.width >= _ROOMY
        session = [line(plain(self._agent)), line(self.zone)]
        if roomy and self.store:
            session.insert(0, line(plain(self.store)))
        left = Content.assemble(
            (f" {self.mode} ", "bold reverse $status-waits") if self.mode else "",
            "  " if self.mode else " ",
            Content("   ").join(self._places()),
        )
        return spread(left, Content.assemble(join(session), " "), self.size.width)

    def _places(self) -> list[Content]:
        places: list[Content] = []
        for action in PLACES:
            count = f" {self.waiting}" if action is PENDING and self.waiting else ""
            current = action.id == self.here
            places.append(
                line(
                    (action.key, "bold $accent"),
                    (f" {action.title}", "bold underline" if current else ""),
                    (count, "bold $status-waits"),
                )
            )
        return places
