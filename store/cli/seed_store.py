"""Seed: a large, realistic account for measurements comes into an empty store."""

from store import open_store
from store.cli import say
from store.clock import StandingClock
from store.demo.seed import Account, sow
from store.demo.story import NOW
from store.errors import StoreUnusable
from store.ids import SeededIds


def seed_store(url: str, payments: int, seed: str) -> None:
    """Fill the empty store at a URL; the same seed makes the same rows.

    Raises:
        StoreUnusable: It already holds payments, or cannot be opened.
    """
    clock, ids = StandingClock(NOW), SeededIds(seed)
    with open_store(url, clock=clock, ids=ids) as store:
        if store.payments.count().number:
            raise StoreUnusable(
                f"The store {store.label} already holds payments: seed an empty one."
            )
        with say.progress("Payments", payments) as watch:
            objects = sow(store, Account(seed, payments), watch)
    told = f"{say.counted(payments, 'payment')}, {say.counted(objects, 'object')}"
    say.result(f"{told} from the seed {seed}")
