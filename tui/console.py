"""Console: what every screen may ask of the app, apart from the screens themselves."""

from abc import abstractmethod
from collections.abc import Mapping

from textual.actions import ActionParseResult
from textual.app import App
from textual.dom import DOMNode
from textual.reactive import reactive
from textual.screen import Screen

from store.bulk import Bulk
from tui.action import Action, remap
from tui.actions import ALL, BY_ID
from tui.ask import Ask
from tui.bulk_work import BulkWork
from tui.files.memory import Memory
from tui.settings import Settings
from tui.theme import DEFAULTS
from tui.words.zone import Zone


class Console(App[None]):
    """An app with a bridge to the store, a zone for times, and a name for its agent."""

    zone: reactive[Zone] = reactive(Zone, init=False)
    """How every screen reads times."""
    failed: int | None = None
    """How many failed refunds nobody has dealt with, as last counted."""
    waiting: int | None = None
    """How many payments wait for a refund, as last counted."""

    def __init__(
        self,
        ask: Ask,
        *,
        agent: str,
        zone: Zone,
        ansi: bool | None = None,
        memory: Memory | None = None,
    ) -> None:
        super().__init__(ansi_color=ansi)
        self._memory = memory or Memory()
        remap(self.settings.keys)
        self.set_keymap(dict(self.settings.keys))
        self.ask = ask
        """The bridge to the store."""
        self.bulk = BulkWork(self, ask)
        """The bulk refund that is carried out while the agent works elsewhere."""
        self.agent = agent
        """Who works here and on which machine, for the header."""
        self.set_reactive(Console.zone, zone)

    @property
    def settings(self) -> Settings:
        """Return how the agent has the console now."""
        return self._memory.settings

    def choose(self, settings: Settings) -> None:
        """Let these settings hold from now on, also after the next start."""
        self._memory.choose(settings)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours of statuses for a theme that has none of its own."""
        return {**super().get_theme_variable_defaults(), **DEFAULTS}

    @abstractmethod
    def find_payment(self) -> None:
        """Go to the payments and let the agent type a filter."""

    @abstractmethod
    def show_payment(self, payment: str) -> None:
        """Open a payment's screen over the one that is shown."""

    @abstractmethod
    def show_refund(self, refund: str) -> None:
        """Open a refund's screen over the one that is shown."""

    @abstractmethod
    async def show_bulk(self, bulk: Bulk) -> None:
        """Open a bulk refund's screen over the one that is shown."""

    @abstractmethod
    def say_why_not(self, why: str) -> None:
        """Tell on the screen that is shown why a key does nothing."""

    async def run_action(
        self,
        action: "str | ActionParseResult",
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action, unless it would change what may only be read."""
        name = action.partition("(")[0] if isinstance(action, str) else action[1]
        meant = BY_ID.get(name.rpartition(".")[2])
        if meant and meant.changes and (why := self.ask.read_only):
            self.say_why_not(why)
            return True
        return await super().run_action(action, default_namespace, namespaces)

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
