"""Document: a stored object as highlighted JSON, of which no letter can act."""

import json
from collections.abc import Mapping

from rich.cells import cell_len
from textual.content import Content
from textual.highlight import HighlightTheme, TokenType, highlight

from tui.text import plain

LONGEST_LINE = 5000
"""Characters of one value; what is longer is cut on the screen, never in a copy."""

_INDENT = 2


class _Colours(HighlightTheme):
    STYLES: dict[TokenType, str] = {  # noqa: RUF012 - the toolkit's own form
        ("Name", "Tag"): "bold $accent",
        ("Literal", "String", "Double"): "$status-good",
        ("Literal", "Number"): "$status-part",
        ("Keyword", "Constant"): "$status-waits",
        ("Punctuation",): "$text-muted",
    }


def document(shape: Mapping[str, object], width: int) -> Content:
    """Return an object as the API writes it, one member a line, in colours.

    The value of a member that is wider than that stands below its name.
    """
    written = json.dumps(shape, indent=_INDENT, ensure_ascii=False)
    lines = [plain(line, LONGEST_LINE) for line in written.split("\n")]
    safe = "\n".join(row for line in lines for row in _fitted(line, width))
    return highlight(safe, language="json", theme=_Colours)


def _fitted(line: str, width: int) -> list[str]:
    name, between, value = line.partition('": ')
    if not between or cell_len(line) <= width:
        return [line]
    deep = len(line) - len(line.lstrip(" ")) + _INDENT
    deep = max(0, min(deep, width - cell_len(value)))
    return [f'{name}":', " " * deep + value]


def ascii_document(shape: Mapping[str, object]) -> str:
    """Return an object as JSON of visible ASCII on one line, for a clipboard."""
    return json.dumps(shape, ensure_ascii=True)
