"""Columns: money in minor units, times in Unix seconds, JSON as text."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

NUL_SHOWN = "\N{SYMBOL FOR NULL}"
"""What stands for U+0000 on PostgreSQL, whose text cannot hold it."""


class TextWithoutNul(TypeDecorator[str]):
    """Text as PostgreSQL takes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what is written."""
        del dialect
        return value.replace("\0", NUL_SHOWN) if value else value


Words = Text().with_variant(TextWithoutNul(), "postgresql")
Whole = BigInteger().with_variant(Integer, "sqlite")
STRICT = {"sqlite_strict": True}
NUMBERED = {**STRICT, "sqlite_autoincrement": True}


def sequence() -> Any:
    """Declare the order in which rows were written."""
    return Field(default=None, primary_key=True, sa_type=Whole)


def identifier() -> Any:
    """Declare Stripe's id of the object."""
    return Field(sa_type=Words, unique=True)


def text(default: str | None = None) -> Any:
    """Declare text that must be there."""
    if default is None:
        return Field(sa_type=Words)
    return Field(default=default, sa_type=Words)


def maybe_text(*, index: bool = False) -> Any:
    """Declare text that may be absent."""
    return Field(default=None, sa_type=Words, index=index)


def whole(default: int | None = None) -> Any:
    """Declare a whole number that must be there."""
    if default is None:
        return Field(sa_type=Whole)
    return Field(default=default, sa_type=Whole)


def maybe_whole() -> Any:
    """Declare a whole number that may be absent."""
    return Field(default=None, sa_type=Whole)


def check(name: str, rule: str) -> CheckConstraint:
    """Declare a named rule: unnamed ones are lost when a table is rebuilt."""
    return CheckConstraint(rule, name=name)
