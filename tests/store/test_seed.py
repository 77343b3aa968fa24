"""The seed: a large account, made lazily, the same rows for the same seed."""

import sqlite3
from contextlib import closing
from itertools import islice, pairwise
from pathlib import Path

from store import Store, open_store
from store.clock import StandingClock
from store.demo.seed import Account, sow
from store.demo.story import NOW
from store.ids import SeededIds
from store.search.language import Tab


def sown(file: Path, seed: str, payments: int) -> list[str]:
    """Sow a new store in a file; return every row as SQL."""
    clock, ids = StandingClock(NOW), SeededIds(seed)
    with open_store(f"sqlite:///{file}", clock=clock, ids=ids) as store:
        sow(store, Account(seed, payments))
    with closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def test_same_seed_makes_the_same_rows(tmp_path: Path) -> None:
    """Two stores of one seed hold the same rows; another seed makes others."""
    one = sown(tmp_path / "one", "x", 200)
    assert one == sown(tmp_path / "two", "x", 200)
    assert one != sown(tmp_path / "three", "y", 200)


def test_account_is_made_lazily() -> None:
    """The first payments of a huge account cost nothing for the rest."""
    account = Account("x", 10**12)
    first = [list(sale) for sale in islice(account.sales(), 3)]
    kinds = [shape["object"] for sale in first for shape in sale]
    assert kinds[:3] == ["customer", "payment_intent", "charge"]


def test_account_is_realistic(store: Store) -> None:
    """Most payments succeed; refunds, declines and disputes are among them."""
    told: list[int] = []
    sow(store, Account("x", 1_500), told.append)
    tabs = store.payments.tabs()
    assert tabs[Tab.ALL] == 1_500
    assert told == [1_500]
    assert tabs[Tab.SUCCEEDED] > 1_200
    assert tabs[Tab.REFUNDED] > 50
    assert tabs[Tab.FAILED] > 30
    assert tabs[Tab.DISPUTED] > 0
    newest = store.payments.page().rows
    assert all(before.created >= after.created for before, after in pairwise(newest))


def test_balances_of_an_account_are_its_movements(store: Store) -> None:
    """What is available is what payments brought, less fees and refunds."""
    account = Account("x", 300)
    expected: dict[str, int] = {}
    for sale in account.sales():
        for shape in sale:
            if shape["object"] == "balance_transaction":
                currency, net = str(shape["currency"]), shape["net"]
                assert isinstance(net, int)
                expected[currency] = expected.get(currency, 0) + net
    sow(store, account)
    held = {
        balance.available.currency: balance.available.amount + balance.pending.amount
        for balance in store.refunds.pending().balances
    }
    assert held == expected
    assert store.examine() == ()
