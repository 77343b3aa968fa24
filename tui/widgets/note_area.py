"""Note area: a few lines of free text for a note."""

from store.desk.note import LONGEST
from tui.widgets.plain_area import PlainArea


class NoteArea(PlainArea):
    """As much text as a note may hold."""

    DEFAULT_CSS = """
    NoteArea {
        height: 6;
        border: none;
        border-left: outer $border;
        border-right: outer $border;
        padding: 0;
        background: $panel;
        &:focus {
            border: none;
            border-left: outer $border;
            border-right: outer $border;
            background-tint: $foreground 12%;
        }
    }
    """

    def __init__(self, *, id: str) -> None:  # noqa: A002 - the toolkit's own word
        super().__init__(longest=LONGEST, id=id)
