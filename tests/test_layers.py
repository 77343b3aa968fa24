"""The shape of the house: who may import whom, what loads late, how long a file is."""

import ast
import subprocess
import sys
import tomllib
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parent.parent
LONGEST = 400
"""Lines of a file; past that it is split by noun."""
NO_NAMES = {"utils", "helpers", "base", "manager", "common", "misc"}
NOT_RULES = {"__init__", "store"}
"""The modules at the top of the store that are no rules."""
SHOWS_TEXT = {"Button", "Label", "Link", "Markdown", "Option", "Static", "notify"}
"""What would read markup in a text that is put together by hand."""


def sources(*folders: str) -> list[Path]:
    """Return every source file below some folders."""
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in {".py", ".tcss"}
    ]


def modules_after(statement: str) -> set[str]:
    """Return the top names of what a fresh interpreter has loaded after a statement."""
    script = (
        f"{statement}\nimport sys\nprint(*{{m.split('.')[0] for m in sys.modules}})"
    )
    done = subprocess.run(
        (sys.executable, "-c", script),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return set(done.stdout.split())


def test_import_contracts_hold() -> None:
    """Layers are as the project states them."""
    script = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"
    )
    done = subprocess.run(
        (sys.executable, "-c", script),
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Each module can be read after those that it imports."""
    graph = grimp.build_graph("store", "tui", cache_dir=None)
    order = TopologicalSorter(
        {one: graph.find_modules_directly_imported_by(one) for one in graph.modules}
    )
    order.prepare()


def test_every_rule_is_under_contract() -> None:
    """A new module at the top of the store is held to the standard library too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    rules = {f"store.{path.stem}" for path in (ROOT / "store").glob("*.py")}
    rules -= {f"store.{name}" for name in NOT_RULES}
    (contract,) = (
        contract
        for contract in project["tool"]["importlinter"]["contracts"]
        if contract["name"].startswith("The rules import")
    )
    assert rules <= set(contract["source_modules"])


@pytest.mark.parametrize("statement", ["import tui.app", "import tui.__main__"])
def test_console_loads_no_database(statement: str) -> None:
    """The first frame does not wait for what opens the store."""
    heavy = {"sqlalchemy", "sqlmodel", "pydantic"}
    assert modules_after(statement) & heavy == set()


def test_command_line_loads_no_screens() -> None:
    """Commands without screens start without the toolkit."""
    heavy = {"textual", "tui", "rich", "sqlalchemy"}
    assert modules_after("import store.cli") & heavy == set()


def test_rules_load_nothing_heavy() -> None:
    """The rules can be read and used alone."""
    rules = [path.stem for path in (ROOT / "store").glob("*.py")]
    names = ", ".join(f"store.{name}" for name in rules if name not in NOT_RULES)
    loaded = modules_after(f"import {names}")
    assert loaded & {"sqlalchemy", "sqlmodel", "textual", "rich"} == set()


def test_files_are_short_and_named_after_what_they_hold() -> None:
    """No file is long, none is named after nothing."""
    wrong = []
    for path in sources("store", "tui", "tests", "screenshots"):
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > LONGEST:
            wrong.append(f"{path.relative_to(ROOT)} has {lines} lines")
        if {path.stem, path.parent.name} & NO_NAMES:
            wrong.append(f"{path.relative_to(ROOT)} says nothing")
    assert wrong == []


def test_no_test_imports_from_a_test() -> None:
    """What two of them share is in a file of its own, named after what it is."""
    found = [
        f"{path.relative_to(ROOT)}: {node.module}"
        for path in sources("tests")
        if path.suffix == ".py"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("test_")
    ]
    assert found == []


def test_no_text_is_put_together_for_a_widget() -> None:
    """No widget is handed an f-string, in which a name could be read as markup."""
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("tui")
        if path.suffix == ".py"
        for call in _calls(path)
        if _name(call) in SHOWS_TEXT
        and any(isinstance(given, ast.JoinedStr) for given in call.args)
    ]
    assert found == []


def test_time_and_chance_come_from_their_own_modules() -> None:
    """Nobody else asks the machine for the time or for random numbers."""
    allowed = {"store/clock.py", "store/ids.py", "store/demo/trade.py"}
    allowed.add("store/demo/seed.py")
    asked = {"now", "utcnow", "today", "uuid4", "random", "Random", "token_hex"}
    asked |= {"time", "localtime", "gmtime", "choice"}
    owners = {"datetime", "date", "uuid", "random", "secrets", "time"}
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in sources("store", "tui")
        if path.suffix == ".py" and str(path.relative_to(ROOT)) not in allowed
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id in owners
        and call.func.attr in asked
    ]
    assert found == []


def _calls(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""
