"""Latest charges: what does not say which intent it is of, though one names it."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from store.payment import Charge
from store.sql import bulk
from store.sql.tables import CHARGE, INTENT


def with_intents(connection: Connection, charges: Iterable[Charge]) -> list[Charge]:
    """Return those that said of no intent, with the one whose latest charge they are.

    Where several intents name one charge, it is of the one that came first.
    """
    silent = {one.id: one for one in charges if one.payment_intent is None}
    found: dict[str, Charge] = {}
    for batch in bulk.batches(sorted(silent)):
        query = select(INTENT.c.latest_charge, INTENT.c.id).order_by(INTENT.c.seq)
        for given, intent in connection.execute(
            query.where(INTENT.c.latest_charge.in_(batch))
        ):
            found.setdefault(given, replace(silent[given], payment_intent=intent))
    return list(found.values())


def silent(
    connection: Connection, *, charges: Iterable[str], intents: Iterable[str]
) -> list[Charge]:
    """Return which of some charges, and of intents' latest ones, name no intent."""
    at = {one.id: one for one in bulk.load(connection, bulk.CHARGES, sorted(charges))}
    for batch in bulk.batches(sorted(intents)):
        query = (
            select(CHARGE.c.id)
            .join(INTENT, INTENT.c.latest_charge == CHARGE.c.id)
            .where(INTENT.c.id.in_(batch), CHARGE.c.payment_intent.is_(None))
        )
        named = connection.execute(query).scalars().all()
        at |= {one.id: one for one in bulk.load(connection, bulk.CHARGES, named)}
    return [one for one in at.values() if one.payment_intent is None]
