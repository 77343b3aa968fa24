"""`refund-desk seed`: a large account in an empty store."""

from pathlib import Path

from desk import Desk

from store import open_store
from store.search.language import Filter


def test_seed_fills_an_empty_store(tmp_path: Path) -> None:
    """As many payments as asked for are there, and the command says so."""
    desk = Desk(tmp_path)
    file = tmp_path / "desk.db"
    answer = desk("seed", "--payments", "50", "--store", str(file))
    assert answer.code == 0
    assert answer.err == f"Made a new store at {file}.\n"
    assert answer.out.startswith("50 payments, ")
    with open_store(f"sqlite:///{file}") as store:
        assert store.payments.count(Filter()).number == 50


def test_seed_refuses_a_store_that_is_in_use(tmp_path: Path) -> None:
    """Made-up payments never join real ones."""
    desk = Desk(tmp_path)
    typed = ("seed", "--payments", "5", "--store", str(tmp_path / "desk.db"))
    assert desk(*typed).code == 0
    answer = desk(*typed)
    assert answer.code == 1
    assert answer.err == (
        "The store desk.db already holds payments: seed an empty one.\n"
    )


def test_seed_needs_a_number(tmp_path: Path) -> None:
    """No number, or none at all, is a usage error."""
    desk = Desk(tmp_path)
    assert desk("seed").code == 2
    assert desk("seed", "--payments", "0").code == 2
