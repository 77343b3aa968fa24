"""Action: something an agent can do, and the keys that run it now."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType

from textual.binding import Binding

from tui.text import pressable

_remapped: ContextVar[Mapping[str, str]] = ContextVar(
    "remapped", default=MappingProxyType({})
)


def remap(keys: Mapping[str, str]) -> None:
    """Let every text name these keys from now on, by the actions' ids."""
    _remapped.set(keys)


@dataclass(frozen=True, slots=True)
class Action:
    """Something an agent can do: its keys, its words, and where it is offered."""

    id: str
    keys: str
    """What runs it unless a keymap says otherwise; comma-separated."""
    label: str
    """What the footer calls it; empty keeps it out of the footer."""
    title: str
    """What menu, palette and help call it."""
    help: str
    """One sentence: what it does."""
    changes: bool = False
    """Whether it changes the store, which a console for reading only does not."""

    @property
    def binding(self) -> Binding:
        """Return the key binding that runs it."""
        return Binding(
            self.keys,
            self.id,
            self.label or self.title,
            show=bool(self.label),
            tooltip=self.help,
            id=self.id,
        )

    @property
    def key(self) -> str:
        """Return the key to show for it, as the agent has the keys now."""
        return pressable(self._present.split(",")[0])

    @property
    def all_keys(self) -> str:
        """Return every key that runs it, as they are printed on the keyboard."""
        return " ".join(pressable(key) for key in self._present.split(","))

    @property
    def _present(self) -> str:
        return _remapped.get().get(self.id, self.keys)
