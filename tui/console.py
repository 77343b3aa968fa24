"""Console: what every screen may ask of the app, apart from the screens themselves."""

from textual.app import App
from textual.reactive import reactive
from textual.screen import Screen

from tui.actions import ALL, Action
from tui.ask import Ask
from tui.theme import DEFAULTS
from tui.zone import Zone


class Console(App[None]):
    """An app with a bridge to the store, a zone for times, and a name for its agent."""

    zone: reactive[Zone] = reactive(Zone, init=False)
    """How every screen reads times."""

    def __init__(
        self, ask: Ask, *, agent: str, zone: Zone, ansi: bool | None = None
    ) -> None:
        super().__init__(ansi_color=ansi)
        self.ask = ask
        """The bridge to the store."""
        self.agent = agent
        """Who works here and on which machine, for the header."""
        self.set_reactive(Console.zone, zone)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of statuses for a theme that has none of its own."""
        return {**super().get_theme_variable_defaults(), **DEFAULTS}

    def offered(self, screen: Screen[object]) -> list[Action]:
        """Return every action whose key works on a screen now, in their order."""
        ids = {one.binding.id for one in screen.active_bindings.values()}
        return [action for action in ALL if action.id in ids]

    async def perform(self, id_: str) -> None:
        """Run an action as its key would on the screen that is shown."""
        for one in self.screen.active_bindings.values():
            if one.binding.id == id_ and one.enabled:
                await self.run_action(one.binding.action, one.node)
                return
