"""Too small: the terminal has no room; what was on the screen is kept under it."""

from textual.content import Content
from textual.screen import ModalScreen


class TooSmallDialog(ModalScreen[None]):
    """Says so until the terminal is larger."""

    DEFAULT_CSS = """
    TooSmallDialog { background: $background; color: $foreground; }
    """

    def render(self) -> Content:
        """Say how much room is needed."""
        return Content("Too small: 60 × 14 cells are needed.")
