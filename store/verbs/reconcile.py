"""Reconcile: what a file says of objects against what the store knows of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from store.intake.fields import Wrong
from store.intake.joining import check_sum, is_earned, reported, settled
from store.intake.merging import merged
from store.money import Money
from store.outcome import Movement
from store.payment import Charge, Customer, Dispute, Intent
from store.refund import Refund
from store.sql import bulk
from store.sql.bulk import Shelf
from store.sql.transaction import Transaction
from store.verbs.tally import Tally

T = TypeVar("T", Charge, Customer, Dispute, Intent, Movement, Refund)


@dataclass(frozen=True, slots=True)
class Difference[T]:
    """Objects to add and objects to rewrite."""

    new: list[T]
    changed: list[T]


def differences(
    tx: Transaction,
    tally: Tally,
    shelf: Shelf[T],
    seen: Mapping[str, T],
    keep: Callable[[T, T], T] = lambda _old, new: new,
) -> Difference[T]:
    """Compare; `keep` holds what may not change of an object that is there."""
