"""Customers: what can be said of one."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a customer; None leaves it, an empty text unsets it."""

    name: str | None = None
    email: str | None = None
    extra: Mapping[str, object] | None = None
    """Fields that the API has and nothing here depends on: phone, address."""
    metadata: Mapping[str, str] | str | None = None
    """Keys to set, or to unset by an empty value; an empty text unsets all."""

    def params(self) -> dict[str, object]:
        """Return what an idempotency key is bound to."""
        return {
            "name": self.name,
            "email": self.email,
            "extra": dict(self.extra or {}),
            "metadata": self.metadata,
        }
