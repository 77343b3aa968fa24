"""Rows written behind the store's back, whole but for what a guard must refuse."""

from dataclasses import dataclass

from sqlalchemy import Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from store.sql.tables import (
    BLOCK,
    CHARGE,
    OUTBOX,
    POSTING,
    REFUND,
    REVIEW,
)

WAYS = ("IGNORE", "REPLACE", "FAIL", "ROLLBACK", "ABORT")


@dataclass(frozen=True)
class Attack:
    """SQL against one rule, and the trigger that holds it (None: a constraint)."""

    name: str
    sql: str
    guard: str | None = None


def insert(table: Table, columns: dict[str, str], how: str = "") -> str:
    """Return SQL that writes a whole row, so that only a guard is in its way."""
    own = {column.name: column.default for column in table.columns}
    usual = {
        name: repr(default.arg)
        for name, default in own.items()
        if isinstance(default, ScalarElementColumnDefault)
    }
    row = {**usual, **columns}
    way = f"OR {how} " if how else ""
    names, values = ", ".join(row), ", ".join(row.values())
    return f"INSERT {way}INTO {table.name} ({names}) VALUES ({values})"


def refund(amount: str = "1", how: str = "", **changed: str) -> str:
    """Return SQL that writes a refund behind the store's back."""
    columns = {
        "id": "'re_evil'",
        "amount": amount,
        "currency": "'usd'",
        "status": "'succeeded'",
        "created": "1",
        "charge": "'CHARGE'",
        "reverse_transfer": "0",
        "refund_application_fee": "0",
        "details": "'{}'",
        "imported": "0",
    }
    return insert(REFUND, {**columns, **changed}, how)


def charge(how: str = "", **changed: str) -> str:
    """Return SQL that writes a charge behind the store's back."""
    columns = {
        "id": "'ch_evil'",
        "amount": "9000",
        "currency": "'usd'",
        "status": "'succeeded'",
        "created": "1",
        "captured": "1",
        "amount_captured": "9000",
        "amount_refunded": "0",
        "refunded_elsewhere": "0",
        "reported_refunded": "0",
        "disputed": "0",
        "transfer_reversed": "0",
        "application_fee_refunded": "0",
        "method_type": "'card'",
        "method": "'{}'",
        "details": "'{}'",
        "imported": "0",
    }
    return insert(CHARGE, {**columns, **changed}, how)


def posting(how: str = "", **changed: str) -> str:
    """Return SQL that moves money behind the store's back."""
    columns = {
        "code": "'refund'",
        "debit": "'available:usd'",
        "credit": "'outgoing:usd'",
        "amount": "1",
        "currency": "'usd'",
        "source": "'REFUND'",
        "created": "1",
    }
    return insert(POSTING, {**columns, **changed}, how)


def pulled(table: Table, how: str = "", **changed: str) -> str:
    """Return SQL that pulls money of a share back behind the store's back."""
    columns = {
        "id": "'trr_evil'",
        "of": "'tr_evil'",
        "amount": "1",
        "currency": "'usd'",
        "charge": "'SHARED'",
        "refund": "'REFUND'",
        "created": "1",
    }
    return insert(table, {**columns, **changed}, how)


ROWS = (
    insert(
        BLOCK,
        {
            "id": "'rsli_1'",
            "kind": "'email'",
            "value": "'x'",
            "created": "1",
            "actor": "'mia'",
        },
    ),
    insert(
        REVIEW,
        {
            "id": "'prv_1'",
            "created": "1",
            "opened": "'rule'",
            "closed": "'approved'",
        },
    ),
    insert(
        OUTBOX,
        {
            "id": "'mail_1'",
            "refund": "'REFUND'",
            "recipient": "'x'",
            "subject": "'x'",
            "body": "'x'",
            "number": "'1000-0001'",
            "created": "1",
            "actor": "'mia'",
            "state": "'waiting'",
        },
    ),
)
"""What the attacked store needs besides: a blocked address, a review, a letter."""
