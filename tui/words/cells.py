"""Cells: stored text as one safe line, in exactly the cells that it is given."""

from rich.cells import cell_len, set_cell_size

from store.visible import visible

NOTHING = "–"
"""What stands where there is nothing to show."""
LONGEST = 300
_MORE = "…"


def plain(text: str | None, limit: int = LONGEST) -> str:
    """Return stored text as one safe line; nothing at all becomes a dash."""
    return visible(text, limit) if text else NOTHING


def cells(text: str) -> int:
    """Return how many cells the terminal needs for the text."""
    return cell_len(text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly `width` cells: padded, or cut with `…`."""
    room = width - cell_len(text)
    if room >= 0:
        return " " * room + text if right else text + " " * room
    if width <= 0:
        return ""
    cut = set_cell_size(text, width - 1)
    return f"{cut}{_MORE}"
