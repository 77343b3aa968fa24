"""What is quick is there, and leaves no screen out."""

import ast
from pathlib import Path

import quick

TESTS = Path(__file__).parent
SCREENS = TESTS.parent / "tui" / "screens"


def test_each_screen_has_one_quick_flow() -> None:
    """A new screen gets one too."""
    screens = {path.stem for path in SCREENS.glob("[!_]*.py")}
    assert quick.FLOWS.keys() == screens
    assert len(set(quick.FLOWS.values())) == len(screens)


def test_what_is_named_is_there() -> None:
    """A test or a file that is renamed is renamed in the list."""
    files = list(TESTS.rglob("test_*.py"))
    named = quick.CONTRACTS | quick.FACES | quick.LONG | quick.VERBS
    assert named <= {path.stem for path in files}
    tests = {
        one.name
        for path in files
        if path.parent.name == "tui"
        for one in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(one, ast.AsyncFunctionDef)
    }
    assert set(quick.FLOWS.values()) <= tests
