"""Event log: every event, newest first, narrowed by type, object and actor.

However many events there are, a page is read from the ends of a few indexes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    not_,
    or_,
    select,
    union_all,
)

from store.event import OWN, OWN_PREFIX, Event
from store.lists.page import Cursor, Page
from store.sql.mapping.money import event_of
from store.sql.rows import named
from store.sql.tables import EVENT

_MOST_TYPES = 200
"""With more types than these, walking the log finds a page sooner."""
_SEQ = EVENT.c.seq


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a log is narrowed to; None narrows nothing."""

    type: str | None = None
    """A type, or how some begin."""
    object: str | None = None
    """An object, or a payment with all of its objects."""
    actor: str | None = None


def page(
    connection: Connection,
    narrowed: Narrowed,
    *,
    after: Cursor | None,
    limit: int,
    before: Cursor | None = None,
    last: bool = False,
) -> Page[Event]:
    """Return events, those written last first, after or before a place or at an end."""
    backwards = before is not None or last
    bound = [] if after is None else [after.seq > _SEQ]
    if before is not None:
        bound = [before.seq < _SEQ]
    order = _SEQ.asc() if backwards else _SEQ.desc()
    ends = [
        select(_SEQ).where(*where, *bound).order_by(order).limit(limit + 1)
        for where in _ways(connection, narrowed)
    ]
    if not ends:
        return Page((), None, None, more=False)
    found = _nearest(connection, ends, limit + 1, backwards=backwards)
    seqs = sorted(found[:limit], reverse=True)
    query = select(EVENT).where(_SEQ.in_(seqs)).order_by(_SEQ.desc())
    rows = tuple(map(event_of, named(connection.execute(query))))
    return Page(
        rows=rows,
        first=Cursor(seqs[0], seqs[0]) if seqs else None,
        last=Cursor(seqs[-1], seqs[-1]) if seqs else None,
        more=len(found) > limit,
    )


def _nearest(
    connection: Connection,
    ends: list[Select[tuple[int]]],
    most: int,
    *,
    backwards: bool,
) -> list[int]:
    """Return the first of what several walks along an index begin with."""
    parts = [select(end.subquery().c.seq) for end in ends]
    merged = union_all(*parts).subquery()
    order = merged.c.seq.asc() if backwards else merged.c.seq.desc()
    query = select(merged.c.seq).distinct().order_by(order).limit(most)
    return list(connection.execute(query).scalars())


def _ways(
    connection: Connection, narrowed: Narrowed
) -> list[list[ColumnElement[bool]]]:
    """Return what to ask of which index, so that each answers from its end."""
    actor, begins = narrowed.actor, narrowed.type
    by = [] if actor is None else [EVENT.c.actor == actor]
    if narrowed.object is not None:
        of_type = [] if begins is None else [_begins(begins)]
        about = (EVENT.c.object_id, EVENT.c.payment)
        return [[column == narrowed.object, *by, *of_type] for column in about]
    if begins is None and actor is None:
        return [[]]
    types = _types(connection, actor)
    if len(types) >= _MOST_TYPES:
        return [[*by, *([] if begins is None else [_begins(begins)])]]
    wanted = [one for one in types if one.startswith(begins or "")]
    return [[*by, EVENT.c.type == one] for one in wanted]


def _begins(text: str) -> ColumnElement[bool]:
    return func.substr(EVENT.c.type, 1, len(text)) == text


def _types(connection: Connection, actor: str | None) -> list[str]:
    """Return each type there is, of one actor or of all, hopping along an index."""
    by = [] if actor is None else [EVENT.c.actor == actor]
    first: Any = select(func.min(EVENT.c.type).label("type")).where(*by)
    hops = first.cte("hops", recursive=True)
    following = select(func.min(EVENT.c.type)).where(EVENT.c.type > hops.c.type, *by)
    step = select(following.scalar_subquery()).where(hops.c.type.is_not(None))
    hops = hops.union_all(step)
    known = hops.c.type.is_not(None)
    query = select(hops.c.type).where(known).limit(_MOST_TYPES)
    return list(connection.execute(query).scalars())


def of_api(types: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Return what holds for events that the API has; of these types, if any are given.

    A type that ends in `*` is all that begin so.
    """
    theirs = (EVENT.c.type.not_in(sorted(OWN)), not_(_begins(OWN_PREFIX)))
    wanted = [
        _begins(one.removesuffix("*")) if one.endswith("*") else EVENT.c.type == one
        for one in types
    ]
    return (*theirs, or_(*wanted)) if wanted else theirs
