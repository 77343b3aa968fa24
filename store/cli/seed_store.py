"""Seed: a large, realistic account for measurements comes into an empty store."""

from store import open_store
from store.cli import place, say
from store.cli.options import Typed
from store.clock import StandingClock
from store.demo.seed import Account, sow
from store.demo.story import NOW
from store.errors import StoreUnusable
from store.ids import SeededIds


def seed_store(typed: Typed) -> int:
    """Fill the empty store; the same seed makes the same rows.

    Raises:
        StoreUnusable: It already holds payments, or cannot be opened.
    """
    clock, ids = StandingClock(NOW), SeededIds(typed.seed)
    with place.made(
        typed.store, lambda url: open_store(url, clock=clock, ids=ids)
    ) as made:
        store = made.store
        if store.payments.count().number:
            raise StoreUnusable(
                f"The store {store.label} already holds payments: seed an empty one."
            )
        with say.progress("Payments", typed.payments) as watch:
            objects = sow(store, Account(typed.seed, typed.payments), watch)
    payments = say.counted(typed.payments, "payment")
    said = say.counted(objects, "object")
    say.result(f"{payments}, {said} from the seed {typed.seed}")
    return 0
