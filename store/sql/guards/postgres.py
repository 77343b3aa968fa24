"""Guards on PostgreSQL: each trigger with the function that it calls.

A function sees its own schema only: a temporary table of the same name, or another
search path, would otherwise stand in for what it asks.
"""

from collections.abc import Iterator

from store.sql.guards.core import GUARDS
from store.sql.guards.guard import Deed, Do, Guard, Lock, Refuse


def statements(schema: str) -> Iterator[str]:
    """Yield what puts every guard up in a schema, given as a quoted name."""
    for guard in GUARDS:
        if body := [said for deed in guard.deeds if (said := _in_plpgsql(deed))]:
            yield _function(guard, schema, body)
            yield _trigger(guard)
        if guard.when == "BEFORE DELETE":
            # Emptying a table asks no DELETE trigger.
            yield (
                f"CREATE TRIGGER {_emptying(guard.name)} BEFORE TRUNCATE ON"
                f" {guard.table} EXECUTE FUNCTION {guard.name}()"
            )


def names() -> set[str]:
    """Return the name of every trigger."""
    acting = {guard.name for guard in GUARDS if any(map(_in_plpgsql, guard.deeds))}
    kept = {_emptying(one.name) for one in GUARDS if one.when == "BEFORE DELETE"}
    return acting | kept


def _emptying(name: str) -> str:
    return f"{name.removesuffix('_bd')}_bt"


def _function(guard: Guard, schema: str, body: list[str]) -> str:
    back = "OLD" if guard.when.endswith("DELETE") else "NEW"
    lines = "\n".join((*body, f"RETURN {back};"))
    return (
        f"CREATE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path TO {schema}, pg_temp AS $$\nBEGIN\n{lines}\nEND $$"
    )


def _trigger(guard: Guard) -> str:
    only = f" WHEN ({guard.only})" if guard.only else ""
    return (
        f"CREATE TRIGGER {guard.name} {guard.when} ON {guard.table}"
        f" FOR EACH ROW{only} EXECUTE FUNCTION {guard.name}()"
    )


def _in_plpgsql(deed: Deed) -> str:
    match deed:
        case Refuse(said, where):
            stop = f"RAISE EXCEPTION '{said}' USING ERRCODE = 'check_violation'"
            return f"IF {where} THEN {stop}; END IF;"
        case Lock(rows):
            return f"PERFORM 1 FROM {rows} FOR UPDATE;"
        case Do(sql):
            return f"{sql};"
        case _:
            return ""
