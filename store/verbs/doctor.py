"""Doctor: examines the whole store and names what is broken."""

from dataclasses import dataclass

from store.balance import releasable
from store.sql import agenda, audit, reads
from store.sql.engine import Database
from store.sql.queue import account_currencies, connected_purses


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that does not hold, and the object that breaks it."""

    rule: str
    object_id: str

    def __str__(self) -> str:
        return f"{self.object_id}: it does not hold that {self.rule}."


def examine(database: Database) -> tuple[Finding, ...]:
    """Return everything that is broken; nothing is changed."""
    with database.read() as connection:
        found = [
            Finding("the file is sound", said) for said in audit.unsound(connection)
        ]
        found += [Finding(rule, one) for rule, one in audit.broken(connection)]
        found += [
            Finding(f"what was due is done ({one})", one.due.object_id)
            for one in agenda.all_set_aside(connection)
        ]
        own = [(None, one) for one in sorted(account_currencies(connection))]
        for holder, currency in (*own, *connected_purses(connection)):
            try:
                queue = reads.held(connection, currency, holder)
            except (ValueError, TypeError, KeyError) as error:
                found.append(Finding("every refund can be read", str(error)))
                break
            available = reads.available(connection, currency, holder)
            found += [
                Finding("a refund waits only while the balance is short", one)
                for one in releasable(queue, available).refunds
            ]
    return tuple(found)
