"""HeaderBar: where one is, who acts, and that no real money moves."""

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.actions import BALANCE, EVENTS, FAILED, PAYMENTS, PENDING
from tui.text import join, line, plain, spread

PLACES = {
    PAYMENTS: "Pay",
    PENDING: "Pend",
    FAILED: "Fail",
    BALANCE: "Bal",
    EVENTS: "Events",
}
"""The actions that lead somewhere, and how those places are called in short."""
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
    failed: reactive[int | None] = reactive[int | None](None)
    """How many failed refunds nobody has dealt with, when that is known."""
    store: reactive[str] = reactive("")
    """The store's short name."""
    zone: reactive[str] = reactive("")
    """How times are read."""

    def __init__(self, agent: str) -> None:
        super().__init__()
        self._agent = agent

    def render(self) -> Content:
        """Draw the places left and as much of the session as fits right."""
        width = self.size.width
        roomy = width >= _ROOMY
        left = Content.assemble(
            (f" {self.mode} ", "bold reverse $status-waits") if self.mode else "",
            "  " if self.mode and roomy else " ",
            Content("  " if roomy else " ").join(self._places(roomy=roomy)),
        )
        room = width - left.cell_length - 1
        sessions = self._sessions(roomy=roomy)
        fit = (one for one in sessions if one.cell_length < room)
        return spread(left, Content.assemble(next(fit, sessions[-1]), " "), width)

    def _sessions(self, *, roomy: bool) -> list[Content]:
        """Return who works where and reads times how, in full and ever shorter."""
        name = self._agent.partition("@")[0]
        whole = [(self.store, self._agent, self.zone)] if roomy else []
        shorter = [(self._agent, self.zone), (name, self.zone), (self.zone,)]
        return [
            join([line(plain(text)) for text in parts if text])
            for parts in (*whole, *shorter)
        ]

    def _places(self, *, roomy: bool) -> list[Content]:
        counts = {
            PENDING: f"({self.waiting})" if self.waiting else "",
            FAILED: f"({self.failed}!)" if self.failed else "",
        }
        return [
            line(
                (action.key, "bold $accent"),
                " " if roomy else "",
                (
                    action.title if roomy else short,
                    "bold underline" if action.id == self.here else "",
                ),
                (counts.get(action, ""), "bold $status-waits"),
            )
            for action, short in PLACES.items()
        ]
