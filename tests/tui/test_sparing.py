"""What the terminal is sent leaves it as whole frames would, and is little."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate, InlineUpdate, LayoutUpdate
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.terminal.at_once import LinesUpdate
from tui.terminal.sparing import Canvas

SIZE = Size(20, 4)
CONSOLE = Console(color_system="truecolor", force_terminal=True, no_color=False)
STYLES = tuple(
    Style.parse(one)
    for one in (
        *("none", "red", "bold red", "red on blue", "on blue", "reverse", "bold"),
        *("underline green", "#102030 on #405060", "bold #102030 on #405060"),
    )
)
_SEQUENCE = re.compile(r"\x1b\[([\d;]*)([HCm])|(.)", re.DOTALL)
_COLOURED = re.compile(r"(38|48);(?:2;\d+;\d+;\d+|5;\d+)|(\d+)")
Look = tuple[frozenset[str], str, str]
PLAIN: Look = (frozenset(), "", "")


@dataclass
class Screen:
    """A terminal, as far as the console's frames use one."""

    cells: dict[tuple[int, int], tuple[str, Look]] = field(default_factory=dict)
    look: Look = PLAIN
    x: int = 0
    y: int = 0

    def take(self, sent: str) -> None:
        """Do what is sent."""
        for codes, kind, letter in _SEQUENCE.findall(sent):
            match kind:
                case "H":
                    line, _, column = codes.partition(";")
                    self.y, self.x = int(line or 1) - 1, int(column or 1) - 1
                case "C":
                    self.x += int(codes)
                case "m":
                    self._dress(codes)
                case _:
                    self._write(letter)

    def _dress(self, codes: str) -> None:
        attributes, fore, back = self.look
        for found in _COLOURED.finditer(codes or "0"):
            code = found[0]
            if code == "0":
                attributes, fore, back = PLAIN
            elif code.startswith("38") or 30 <= int(found[2] or 0) <= 37:
                fore = code
            elif code.startswith("48") or 40 <= int(found[2] or 0) <= 47:
                back = code
            elif code in {"39", "49"}:
                fore, back = ("", back) if code == "39" else (fore, "")
            else:
                attributes |= {code}
        self.look = (attributes, fore, back)

    def _write(self, letter: str) -> None:
        if letter == "\n":
            return
        wide = get_character_cell_size(letter)
        self.cells[self.x, self.y] = (letter, self.look)
        if wide == 2:
            self.cells[self.x + 1, self.y] = ("", self.look)
        self.x += wide

    def seen(self) -> dict[tuple[int, int], tuple[str, Look]]:
        """Return what a person sees: a blank has no colour of letters, nor is bold."""
        return {
            place: (letter, self._of_blank(look) if letter == " " else look)
            for place, (letter, look) in self.cells.items()
        }

    @staticmethod
    def _of_blank(look: Look) -> Look:
        attributes, fore, back = look
        lined = attributes & {"4", "7"}
        return (attributes, fore, back) if lined else (frozenset(), "", back)


def strip(text: str, styles: list[Style]) -> Strip:
    """Return a line as wide as the terminal, each letter in a style of its own."""
    wide = "".join(letter for letter in text)
    while cell_len(wide) > SIZE.width:
        wide = wide[:-1]
    wide += " " * (SIZE.width - cell_len(wide))
    return Strip(
        Segment(letter, styles[number % len(styles)])
        for number, letter in enumerate(wide)
    )


LINES = st.builds(
    strip,
    st.text(alphabet="ab │✓界の ", max_size=SIZE.width),
    st.lists(st.sampled_from(STYLES), min_size=1, max_size=4),
)
FRAMES = st.lists(LINES, min_size=SIZE.height, max_size=SIZE.height).map(
    lambda lines: LayoutUpdate([[line] for line in lines], SIZE.region)
)
PARTS = st.builds(
    lambda y, line: LinesUpdate([(0, y, line)]), st.integers(0, SIZE.height - 1), LINES
)


def sent(update: CompositorUpdate | None) -> str:
    """Return what goes to the terminal."""
    return update.render_segments(CONSOLE) if update else ""


@given(st.lists(FRAMES | PARTS, min_size=1, max_size=6))
def test_the_terminal_shows_what_whole_frames_would(
    updates: list[CompositorUpdate],
) -> None:
    """After each frame both terminals look alike, cell by cell."""
    canvas, ours, theirs = Canvas(), Screen(), Screen()
    for update in updates:
        ours.take(sent(canvas.changed(update, SIZE)))
        theirs.take(sent(update))
        theirs.look = PLAIN
        assert ours.look == PLAIN
        assert ours.seen() == theirs.seen()


@given(FRAMES)
def test_what_is_shown_is_not_sent_again(frame: LayoutUpdate) -> None:
    """The same frame twice is nothing; a terminal that was left gets all of it."""
    canvas = Canvas()
    first = sent(canvas.changed(frame, SIZE))
    assert first
    assert canvas.changed(frame, SIZE) is None
    canvas.forget()
    assert sent(canvas.changed(frame, SIZE)) == first


@given(FRAMES)
def test_another_size_begins_anew(frame: LayoutUpdate) -> None:
    """A terminal that was resized may show anything."""
    canvas = Canvas()
    canvas.changed(frame, SIZE)
    grown = Size(SIZE.width + 1, SIZE.height)
    assert canvas.changed(frame, grown) is not None


def test_a_change_is_its_word() -> None:
    """A change goes to its place, draws its word, and rests."""
    canvas, style = Canvas(), Style.parse("bold red")
    line = Strip([Segment("aa aaa" + " " * (SIZE.width - 6), style)])
    canvas.changed(LayoutUpdate([[line]] * SIZE.height, SIZE.region), SIZE)
    other = Strip([Segment("aa aba" + " " * (SIZE.width - 6), style)])
    assert sent(canvas.changed(LinesUpdate([(0, 2, other)]), SIZE)) == (
        "\x1b[3;4H\x1b[1;31maba\x1b[0m"
    )


def test_what_cannot_be_taken_apart_is_sent_as_it_is() -> None:
    """An update of another kind goes through, and nothing is known after it."""
    canvas = Canvas()
    line = Strip([Segment("a" * SIZE.width)])
    frame = LayoutUpdate([[line]] * SIZE.height, Region(0, 0, *SIZE))
    canvas.changed(frame, SIZE)
    strange = InlineUpdate([line])
    assert canvas.changed(strange, SIZE) is strange
    assert canvas.changed(frame, SIZE) is not None
