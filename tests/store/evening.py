"""Evening: when terms are read."""

from __future__ import annotations

from datetime import UTC, datetime

NOW = datetime(2026, 7, 15, 22, 30, tzinfo=UTC)
"""A Wednesday evening; Thursday already in Berlin."""
