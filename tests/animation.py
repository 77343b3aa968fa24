"""Animation: pictures of a terminal, one after the other, as one SVG that plays itself.

Lines that many pictures share are kept once. No script is needed to play it, so that it
may stand in a page that allows none.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

LINE_HEIGHT = 24.4
TOP, LEFT = 41, 9
"""Where the terminal begins in the toolkit's pictures."""
CAPTION_HEIGHT = 44
_RULE = re.compile(r"\.terminal-\d+-(r\d+) \{([^}]*)\}")
_BACK = re.compile(
    r'<rect fill="([^"]+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"'
    r' shape-rendering="crispEdges"/>'
)
_TEXT = re.compile(
    r'<text class="terminal-\d+-(r\d+)" x="([\d.]+)" y="([\d.]+)"'
    r' textLength="([\d.]+)" clip-path="[^"]+">([^<]*)</text>'
)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True, slots=True)
class Frame:
    """What is seen for some seconds, and what is said of it."""

    picture: str
    """The toolkit's SVG of the terminal."""
    caption: str
    seconds: float


@dataclass
class _Kept:
    """Things that are written once and named by their place."""

    letter: str
    places: dict[str, int]

    def name(self, thing: str) -> str:
        """Return the name of a thing."""
        return f"{self.letter}{self.places.setdefault(thing, len(self.places))}"


def animated(frames: Sequence[Frame]) -> str:
    """Return one SVG that shows the frames in turn, without end."""
    styles, lines = _Kept("s", {}), _Kept("l", {})
    shown = [
        [lines.name(line) for line in _lines(frame.picture, styles)] for frame in frames
    ]
    width, height = _size(frames[0].picture)
    total = sum(frame.seconds for frame in frames)
    start, groups, rules = 0.0, [], []
    for number, frame in enumerate(frames):
        end = start + frame.seconds
        rules.append(_visible(number, start / total, end / total))
        uses = "".join(f'<use href="#{name}"/>' for name in shown[number])
        said = (
            f'<text class="caption" x="{width / 2:g}" y="{height + 28:g}">'
            f"{escape(frame.caption)}</text>"
        )
        moves = f"animation:f{number} {total:g}s step-end infinite"
        groups.append(
            f'<g class="frame" style="{moves}"><g transform="translate({LEFT},{TOP})">'
            f"{uses}</g>{said}</g>"
        )
        start = end
    return "\n".join(
        [
            (
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g}'
                f' {height + CAPTION_HEIGHT:g}">'
            ),
            "<style>",
            "text{font-family:'Fira Code',monospace;font-size:20px;white-space:pre}",
            "text.caption{fill:#d5d8e6;text-anchor:middle;font-size:18px}",
            ".frame{visibility:hidden}",
            *(f".{styles.name(style)}{{{style}}}" for style in [*styles.places]),
            *rules,
            "</style>",
            "<defs>",
            *(f'<g id="{lines.name(line)}">{line}</g>' for line in [*lines.places]),
            "</defs>",
            '<rect width="100%" height="100%" rx="8" fill="#292929"/>',
            *groups,
            "</svg>",
            "",
        ]
    )


def _size(picture: str) -> tuple[float, float]:
    found = _SIZE.search(picture)
    if found is None:
        raise ValueError("This is no picture of a terminal.")
    return float(found[1]), float(found[2])


def _visible(number: int, start: float, end: float) -> str:
    """Return the rule that shows a frame for its part of the whole."""
    steps = {0.0: "hidden", start * 100: "visible", end * 100: "hidden"}
    told = "".join(f"{at:.3f}%{{visibility:{how}}}" for at, how in steps.items())
    return f"@keyframes f{number}{{{told}}}"


def _lines(picture: str, styles: _Kept) -> Iterable[str]:
    """Return the lines of a picture: what is behind, then the text."""
    rules = {name: rule.strip() for name, rule in _RULE.findall(picture)}
    found: dict[int, list[str]] = {}
    for fill, x, y, width, height in _joined(_BACK.findall(picture)):
        row = found.setdefault(int((float(y) - 1) / LINE_HEIGHT), [])
        row.append(
            f'<rect fill="{fill}" x="{x:g}" y="{y}" width="{width:g}"'
            f' height="{height}" shape-rendering="crispEdges"/>'
        )
    for name, x, y, length, text in _TEXT.findall(picture):
        if text.replace("&#160;", "").strip():
            row = found.setdefault(int((float(y) - 1) / LINE_HEIGHT), [])
            row.append(
                f'<text class="{styles.name(rules[name])}" x="{x}" y="{y}"'
                f' textLength="{length}">{text}</text>'
            )
    return ["".join(found[row]) for row in sorted(found)]


def _joined(
    backs: Iterable[tuple[str, str, str, str, str]],
) -> Iterable[tuple[str, float, str, float, str]]:
    """Put neighbours of one colour together."""
    joined: list[tuple[str, float, str, float, str]] = []
    for fill, left, y, wide, height in backs:
        x, width = float(left), float(wide)
        if joined:
            before, start, line, so_far, _ = joined[-1]
            if (before, line) == (fill, y) and abs(start + so_far - x) < 1e-6:
                joined[-1] = (fill, start, y, so_far + width, height)
                continue
        joined.append((fill, x, y, width, height))
    return joined
