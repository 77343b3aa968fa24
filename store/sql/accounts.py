"""Accounts: opened in the ledger when money first moves through them."""

from sqlalchemy import text

from store.sql.prepared import Prepared
from store.sql.tables import ACCOUNT

_COLUMNS = [column.name for column in ACCOUNT.c]

OPEN_ACCOUNT = Prepared(
    text(
        f"INSERT INTO account ({', '.join(_COLUMNS)})"
        f" VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
        " ON CONFLICT DO NOTHING"
    )
)
"""Opens an account unless it is open, in words that both engines take."""
