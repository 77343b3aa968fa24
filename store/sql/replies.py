"""Replies: kept beside the answers of the same keys."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from store.clock import to_unix
from store.desk.replied import Replied
from store.sql import answers
from store.sql.prepared import Prepared
from store.sql.tables import REPLY

_FOUND = Prepared(select(REPLY).where(REPLY.c.key == bindparam("given")))
_ADD = Prepared(insert(REPLY))


def find(connection: Connection, key: str) -> Replied | None:
    """Return what a key was replied."""
    row = _FOUND.first(connection, given=key)
    return Replied(row.command, row.status, row.body) if row else None


def keep(connection: Connection, key: str, reply: Replied, now: datetime) -> bool:
    """Keep a reply where the key was answered and has none; tell whether it did."""
    if answers.find(connection, key) is None or find(connection, key):
        return False
    add(connection, key, reply, now)
    return True


def add(connection: Connection, key: str, reply: Replied, now: datetime) -> None:
    """Write the reply of a key that has none."""
    values = {
        "key": str(key),
        "command": reply.command,
        "status": reply.status,
        "body": reply.body,
        "created": to_unix(now),
    }
    _ADD.do(connection, values)
