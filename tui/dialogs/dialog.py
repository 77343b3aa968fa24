"""Dialog: what is over a screen and closes once, with one answer."""

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """Closes itself and nothing else, however many keys came before it was gone."""

    _late: tuple[Answer | None] | None = None

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer; the first one counts.

        What is beneath another screen closes when that is gone: a screen can only be
        taken off the top.
        """
        if not self.is_active:
            self._late = self._late or (result,)
            return AwaitComplete()
        return super().dismiss(result)

    def on_screen_resume(self) -> None:
        """Close now, if that was asked for while something was on top."""
        if self._late is not None:
            self.dismiss(*self._late)
