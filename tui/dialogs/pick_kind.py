"""Pick kind: which movements are shown."""

from textual.content import Content
from textual.widgets.option_list import Option

from tui.dialogs.choosing import ChoosingDialog
from tui.widgets.movement_columns import KINDS, name

ALL_KINDS = "all"


class PickKindDialog(ChoosingDialog):
    """Asks which kind of movement to show; answers with the kind, or `ALL_KINDS`."""

    def title_line(self) -> Content:
        """Return what is asked."""
        return Content("Movements")

    def hint(self) -> str:
        """Return how to choose."""
        return "enter chooses · esc"

    def rows(self, width: int) -> list[Option]:
        """Return every kind there is, all of them first."""
        del width
        every = Option(Content("all kinds, with the balance after each"), id=ALL_KINDS)
        kinds = [Option(Content(name(kind)), id=kind) for kind in KINDS]
        return [every, *kinds]
