"""KeyBar: the keys that work here and now, as many as there is room for."""

from textual.binding import ActiveBinding
from textual.content import Content
from textual.widget import Widget

from tui.actions import ALL
from tui.text import line, pressable

_ORDER = {action.id: place for place, action in enumerate(ALL)}


class KeyBar(Widget):
    """One line of keys and words; help comes first and always fits."""

    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        background: $panel;
        color: $foreground;
        padding: 0 1;
    }
    """

    def on_mount(self) -> None:
        """Draw anew whenever other keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, _: object) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draw the keys of what is offered, the most important first."""
        room, shown = self.size.width, Content("")
        for key, word, enabled in self._offers():
            quiet = "" if enabled else "dim"
            gap = "  " if shown.cell_length else ""
            item = line(gap, (key, f"bold $accent {quiet}"), (f" {word}", quiet))
            if item.cell_length > room:
                continue
            room -= item.cell_length
            shown = Content.assemble(shown, item)
        return shown

    def _offers(self) -> list[tuple[str, str, bool]]:
        found: dict[str, ActiveBinding] = {}
        focused = self.screen.focused
        typing = focused is not None and focused.check_consume_key("a", "a")
        for active in self.screen.active_bindings.values():
            types = typing and len(pressable(active.binding.key)) == 1
            if active.binding.show and not types:
                found.setdefault(active.binding.action, active)
        ordered = sorted(
            found.values(), key=lambda active: _ORDER.get(active.binding.action, 0)
        )
        return [
            (
                pressable(active.binding.key),
                active.binding.description,
                active.enabled,
            )
            for active in ordered
        ]
