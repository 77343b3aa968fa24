"""Migrations: an older store is brought up to date, forward only, all or nothing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: two equal schemas say that there was nothing to do."""

    before: str
    after: str
    backup: str | None = None
    """The store as it was, a file or a schema; None where there was nothing to do."""
