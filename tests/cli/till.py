"""What Stripe-shaped commands are tried on: a store in a file, with one payment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desk import Answer, Desk

from store import open_store
from store.event import Actor
from store.ids import SeededIds
from store.payment import Customer

KIM = Actor("kim")


@dataclass(frozen=True, slots=True)
class Till:
    """A desk whose store holds a payment of 50.00 USD; `intent` is its id."""

    desk: Desk
    file: Path
    intent: str
    charge: str

    def __call__(self, *arguments: str) -> Answer:
        """Run a command on the store."""
        return self.desk(*arguments, "--store", str(self.file))

    def asked(self, *arguments: str) -> dict[str, Any]:
        """Run a command that works, and return the JSON that it answers."""
        answer = self(*arguments)
        assert answer.code == 0, answer.err
        answered: dict[str, Any] = json.loads(answer.out)
        return answered

    def refused(self, *arguments: str) -> dict[str, str]:
        """Run a command that is refused, and return the error of its body."""
        answer = self(*arguments)
        assert (answer.code, answer.out) == (1, "")
        error: dict[str, str] = json.loads(answer.err)["error"]
        return error


def opened(
    folder: Path,
    *,
    name: str = "Jane Doe",
    capture_method: str = "automatic",
    metadata: Mapping[str, str] | None = None,
) -> Till:
    """Return a till in a folder, with the payment made just now."""
    file = folder / "till.db"
    with open_store(f"sqlite:///{file}", ids=SeededIds("till")) as store:
        paid = store.payment_intents.create(
            amount=5000,
            currency="usd",
            payment_method="pm_card_bypassPending",
            capture_method=capture_method,
            customer=Customer("cus_1", name, "jane@example.com"),
            description=name,
            metadata=metadata,
            actor=KIM,
        ).payment
    return Till(Desk(folder), file, paid.id, paid.charge.id if paid.charge else "")
