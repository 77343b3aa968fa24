"""A glance shows what the store would show, without what opens the store."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conftest import Pay
from store.glance import glance

if TYPE_CHECKING:
    from store import Store

pytestmark = pytest.mark.sqlite
"""A glance is at a file."""


def test_a_glance_agrees_with_the_store(store: Store, url: str, pay: Pay) -> None:
    """The same rows, the same places, the same counts as the open store answers."""
    for amount in range(100, 205):
        pay(amount, capture_method="manual" if amount % 7 == 0 else "automatic")
    seen = glance(url)
    assert seen is not None
    assert seen.page == store.payments.page()
    assert seen.tabs == store.payments.tabs()
    assert (seen.mode, seen.label) == (store.mode.value, store.label)


def test_a_glance_at_an_empty_store_has_no_rows(store: Store, url: str) -> None:
    """Nothing there is something to know, too."""
    seen = glance(url)
    assert seen is not None
    assert seen.page == store.payments.page()
    assert not seen.page.rows


def test_what_cannot_be_glanced_at_is_left_to_the_store(tmp_path: Path) -> None:
    """No file, no store, another kind of URL: no glance, and no complaint."""
    text = tmp_path / "text.db"
    text.write_text("no store")
    other = tmp_path / "other.db"
    sqlite3.connect(other).close()
    assert glance(f"sqlite:///{tmp_path / 'none.db'}") is None
    assert glance(f"sqlite:///{text}") is None
    assert glance(f"sqlite:///{other}") is None
    assert glance("postgresql://there/desk") is None


def test_a_glance_never_waits(store: Store, url: str, pay: Pay) -> None:
    """While another process holds the file, there is no glance instead of a wait."""
    pay()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as holder:
        holder.execute("PRAGMA locking_mode=EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        seen = glance(url)
        holder.rollback()
    assert seen is None or seen.page == store.payments.page()


def test_a_glance_loads_neither_database_library_nor_toolkit() -> None:
    """What draws the first payments needs the standard library and cell widths."""
    code = (
        "import sys, tui.terminal.early\n"
        "heavy = {'sqlalchemy', 'sqlmodel', 'pydantic', 'textual'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
