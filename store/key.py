"""Idempotency keys: whose they are, and what of them was given by whom asked."""

_JOINS = "\x1f"
"""No header can hold it: what is joined by it nobody gives as a key of his own."""


def of_account(account: str | None, key: str) -> str:
    """Return what a key is kept as: each connected account has keys of its own."""
    return key if account is None else f"{account}{_JOINS}{key}"


def as_given(key: str) -> str:
    """Return a key as whoever asked gave it."""
    return key.rpartition(_JOINS)[2]
