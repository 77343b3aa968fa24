"""Unmaking: a new store that came to no use is taken away again."""

from sqlalchemy import select
from sqlmodel import SQLModel

from store.sql import schema
from store.sql.engine import Reached

_FROM_THE_START = {"meta", "transition", "badge_count"}
"""The tables in which a new store has rows already."""


def unmake(url: str) -> bool:
    """Drop all of a store in which nothing is; tell whether that was done.

    Raises:
        StoreBusy: Somebody else is using it.
        StoreUnusable: It cannot be reached.
    """
    reached = Reached(url, create=False)
    try:
        with reached.writing() as connection:
            layout = schema.of(connection)
            there = layout.tables(connection)
            for table in SQLModel.metadata.sorted_tables:
                filled = table.name in there and table.name not in _FROM_THE_START
                if filled and connection.execute(select(table).limit(1)).first():
                    return False
            layout.take_down_guards(connection)
            SQLModel.metadata.drop_all(connection)
            connection.commit()
            return True
    finally:
        reached.engine.dispose()
