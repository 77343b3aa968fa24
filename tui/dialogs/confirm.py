"""Confirm: a question about something that moves no money; the first answer is no."""

from textual.content import Content
from textual.widgets.option_list import Option

from tui.dialogs.choosing import ChoosingDialog

KEEP, ACT = "keep", "act"
"""The two answers; closing the dialog is neither."""


class ConfirmDialog(ChoosingDialog):
    """Returns `ACT` when the agent went down to it and chose it."""

    def __init__(self, question: str, told: Content, *, keep: str, act: str) -> None:
        super().__init__()
        self._question = question
        self._told = told
        self._keep = keep
        self._act = act

    def title_line(self) -> Content:
        """Return the question."""
        return Content(self._question)

    def hint(self) -> str:
        """Return how to answer."""
        return f"enter chooses · esc {self._keep.lower()}"

    def rows(self, width: int) -> list[Option]:
        """Return what it is about, and the two answers."""
        del width
        return [
            Option(self._told, disabled=True),
            Option(Content(self._keep), id=KEEP),
            Option(Content(self._act), id=ACT),
        ]
