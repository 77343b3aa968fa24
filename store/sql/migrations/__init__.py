"""Migrations: an older store is brought up to date, forward only, all or nothing."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: two equal schemas say that there was nothing to do."""

    before: str
    after: str
    backup: Path | None = None
    """The store as it was, where a file holds it and there was something to do."""
