"""Exporting: the screens whose list can be written into a file."""

from abc import abstractmethod
from typing import TYPE_CHECKING, Any

from textual import work

from tui.parts.desk import DeskScreen

if TYPE_CHECKING:
    from tui.flows.exports import Source


class Exporting(DeskScreen):
    """Writes its list as it is narrowed now; other keys work meanwhile."""

    @abstractmethod
    def source(self) -> "Source[Any] | None":
        """Return the list as it is narrowed now, or None while there is none."""

    @work(group="export")
    async def action_export(self) -> None:
        """Write the list into a file."""
        from tui.flows.exports import export

        if (source := self.source()) and (told := await export(self, source)):
            self.tell(told)
