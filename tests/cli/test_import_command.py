"""`refund-desk import`: each file whole or not at all, told in plain words."""

from pathlib import Path

import pytest
from desk import CHARGE, Desk

from store import open_store
from store.search.language import Filter


def held(file: Path) -> int:
    """Return how many payments the store in a file holds."""
    with open_store(f"sqlite:///{file}") as store:
        return store.payments.count(Filter()).number


def test_import_says_what_came_in(tmp_path: Path) -> None:
    """The summary counts what was read and added, by kind."""
    desk = Desk(tmp_path)
    store = tmp_path / "desk.db"
    answer = desk("import", str(desk.file("a.json", CHARGE)), "--store", str(store))
    assert answer.code == 0
    assert answer.err == f"Made a new store at {store}.\n"
    assert "a.json: 1 object read" in answer.out
    assert "added     1 charge" in answer.out
    assert held(store) == 1


def test_second_import_changes_nothing(tmp_path: Path) -> None:
    """The same file once more adds nothing and says so."""
    desk = Desk(tmp_path)
    store = tmp_path / "desk.db"
    file = str(desk.file("a.json", CHARGE))
    desk("import", file, "--store", str(store))
    answer = desk("import", file, "--store", str(store))
    assert answer.code == 0
    assert "unchanged 1 object" in answer.out
    assert answer.err == ""
    assert "added" not in answer.out
    assert held(store) == 1


def test_bad_lines_are_named_and_nothing_of_their_file_comes_in(tmp_path: Path) -> None:
    """One bad line keeps its whole file out; other files still come in."""
    desk = Desk(tmp_path)
    store = tmp_path / "desk.db"
    bad = desk.file("bad.json", CHARGE, "{broken", {**CHARGE, "amount": "lots"})
    good = desk.file("good.json", {**CHARGE, "id": "ch_two"})
    answer = desk("import", str(bad), str(good), "--store", str(store))
    assert answer.code == 1
    lines = answer.err.splitlines()
    assert any(str(bad) in line and "2" in line for line in lines)
    assert any(str(bad) in line and "3" in line and "amount" in line for line in lines)
    assert lines[-2:] == [
        f"{bad}: nothing was imported.",
        f"Made a new store at {store}.",
    ]
    assert "good.json: 1 object read" in answer.out
    assert held(store) == 1


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    """A file that is not there is named, without a traceback."""
    desk = Desk(tmp_path)
    answer = desk("import", str(tmp_path / "none.json"), "--store", str(tmp_path / "d"))
    assert answer.code == 1
    assert "none.json" in answer.err
    assert "No such file" in answer.err
    assert "Traceback" not in answer.err


def test_folder_is_no_file(tmp_path: Path) -> None:
    """A folder in place of a file is refused like a missing file."""
    desk = Desk(tmp_path)
    answer = desk("import", str(tmp_path), "--store", str(tmp_path / "d.db"))
    assert answer.code == 1
    assert "directory" in answer.err


@pytest.mark.parametrize("before", [True, False])
def test_store_may_stand_before_or_after_the_command(
    tmp_path: Path, *, before: bool
) -> None:
    """`--store` means the same on both sides of `import`."""
    desk = Desk(tmp_path)
    file, store = str(desk.file("a.json", CHARGE)), tmp_path / "desk.db"
    option = ("--store", str(store))
    typed = (*option, "import", file) if before else ("import", file, *option)
    assert desk(*typed).code == 0
    assert held(store) == 1


def test_store_comes_from_the_environment(tmp_path: Path) -> None:
    """REFUND_DESK_STORE takes a URL; an option beats it."""
    named, chosen = tmp_path / "named.db", tmp_path / "chosen.db"
    desk = Desk(tmp_path, store=f"sqlite:///{named}")
    file = str(desk.file("a.json", CHARGE))
    assert desk("import", file).code == 0
    assert held(named) == 1
    assert desk("import", file, "--store", str(chosen)).code == 0
    assert held(chosen) == 1


def test_own_store_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    """Without a store named, the data folder gets one, mode 0600."""
    desk = Desk(tmp_path)
    assert desk("import", str(desk.file("a.json", CHARGE))).code == 0
    (own,) = tmp_path.rglob("desk.db")
    assert own.stat().st_mode & 0o777 == 0o600
    assert held(own) == 1


def test_hostile_text_of_a_file_never_reaches_the_terminal(tmp_path: Path) -> None:
    """What a bad line says is printed as visible characters."""
    desk = Desk(tmp_path)
    bad = desk.file("a.json", {**CHARGE, "currency": "\x1b]52;c;eA==\x07\u202e"})
    kind = desk.file("b.json", {"id": "x_1", "object": "\x1b[2Jodd"})
    answer = desk("import", str(bad), str(kind), "--store", str(tmp_path / "d.db"))
    said = answer.out + answer.err
    assert answer.code == 1
    assert said.replace("\n", "").isprintable()
