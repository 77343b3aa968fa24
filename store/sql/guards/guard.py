"""Guard: a rule that the database itself holds, said once for both engines.

Rules are written in the SQL that both understand; where they differ, PostgreSQL's
words stand and `sqlite` puts in its own.
"""

from dataclasses import dataclass

from store.moves import Kind

_SQLITE_SAYS = {"IS DISTINCT FROM": "IS NOT", "greatest(": "max("}


@dataclass(frozen=True, slots=True)
class Refuse:
    """Stop the statement with these words where the condition holds."""

    said: str
    where: str


@dataclass(frozen=True, slots=True)
class Lock:
    """Keep other writers from rows; SQLite has but one writer at a time."""

    rows: str


@dataclass(frozen=True, slots=True)
class Do:
    """Bring other rows in step."""

    sql: str


@dataclass(frozen=True, slots=True)
class Index:
    """Bring the text index in step, which PostgreSQL does by itself."""

    sql: str


Deed = Refuse | Lock | Do | Index


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger: its name, when it acts, on which table, and what it does."""

    name: str
    when: str
    table: str
    deeds: tuple[Deed, ...]
    only: str | None = None

    def sqlite(self) -> str:
        """Return the trigger as SQLite takes it."""
        only = f" WHEN {self.only}" if self.only else ""
        body = " ".join(filter(None, map(_in_sqlite, self.deeds)))
        when = f"{self.when} ON {self.table}{only}"
        said = f"CREATE TRIGGER {self.name} {when} BEGIN {body} END"
        for ours, theirs in _SQLITE_SAYS.items():
            said = said.replace(ours, theirs)
        return said


def _in_sqlite(deed: Deed) -> str:
    match deed:
        case Refuse(said, where):
            # RAISE, not a CHECK: INSERT OR IGNORE swallows one inside a trigger.
            return f"SELECT RAISE(ABORT, '{said}') WHERE {where};"
        case Lock():
            return ""
        case Do(sql) | Index(sql):
            return f"{sql};"


def changed(*columns: str) -> str:
    """Return the condition that any of these columns is to be another."""
    return " OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in columns)


def is_there(table: str, *columns: str) -> Refuse:
    """Refuse a row where one has the same in any of these columns."""
    same = " OR ".join(f"{column} = NEW.{column}" for column in columns)
    return Refuse("exists", f"EXISTS (SELECT 1 FROM {table} WHERE {same})")


def never(table: str, verb: str) -> Guard:
    """Refuse every INSERT, UPDATE or DELETE on a table."""
    name = f"{table}_b{verb[0].lower()}"
    said = f"{table} rows are kept as they are"
    return Guard(name, f"BEFORE {verb}", table, (Refuse(said, "true"),))


def legal_move(kind: Kind, unless: str = "NEW.imported = 1") -> Refuse:
    """Refuse a change of status that the table of moves does not have."""
    return Refuse(
        "illegal_transition",
        "NEW.status <> OLD.status AND NOT EXISTS (SELECT 1 FROM transition WHERE"
        f" kind = '{kind}' AND src = OLD.status AND dst = NEW.status)"
        f" AND NOT {unless}",
    )
