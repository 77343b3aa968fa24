"""Narrowing: a filter of payments as conditions that indexes answer."""

from collections.abc import Iterator, Sequence

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    exists,
    false,
    func,
    literal_column,
    not_,
    or_,
    select,
    text,
    true,
)

from store.badge import Badge
from store.clock import to_unix
from store.lists.page import Order
from store.search.filters import TAB_BADGES, AmountRange, Filter, Period
from store.search.folded import folded
from store.sql import gathering, tags
from store.sql.tables import PAYMENT, TAG
from store.sql.tables.columns import NUL_SHOWN

_SHORTEST_TRIGRAM = 3
Condition = ColumnElement[bool]


def conditions(
    connection: Connection, narrowed: Filter, order: Order | None = None
) -> list[Condition]:
    """Return what must hold for a payment that the filter matches.

    In which order they are wanted changes how they are found, not which they are.
    """
    amounts = [_bounded(bound) for bound in narrowed.amounts]
    periods = [one for period in narrowed.created for one in _within(period)]
    if order is Order.CREATED:
        amounts = gathering.gathered(connection, amounts)
    if order is Order.AMOUNT:
        periods = gathering.gathered(connection, periods)
    found = [*amounts, *periods]
    if narrowed.email is not None:
        found.append(_with_email(connection, narrowed.email))
    for column, values in _plain(narrowed):
        if order is Order.AMOUNT:
            found.append(gathering.walked(connection, column, values))
        else:
            found.append(column.in_(values))
    if narrowed.receipt is not None:
        found.append(_with_receipt(connection, narrowed.receipt))
    found += [_tagged(connection, key, value) for key, value in narrowed.metadata]
    for word in map(folded, narrowed.words):
        has_word = _containing(connection, word)
        short = order is Order.AMOUNT and len(word) < _SHORTEST_TRIGRAM
        # The list by amount is all over the file: it is read once, from end to end.
        found += gathering.gathered(connection, [has_word]) if short else [has_word]
    for barred in narrowed.without:
        matches = and_(true(), *conditions(connection, barred))
        # What is not known does not match: such payments stay in the list.
        found.append(not_(func.coalesce(matches, false())))
    return found


def _plain(narrowed: Filter) -> Iterator[tuple[ColumnElement[str], list[str]]]:
    """Yield the columns that must have one of some values."""
    wanted = set(TAB_BADGES[narrowed.tab]) or set(Badge)
    if narrowed.badges:
        wanted &= set(narrowed.badges)
    if wanted != set(Badge):
        yield PAYMENT.c.badge, sorted(badge.value for badge in wanted)
    for column, value in (
        (PAYMENT.c.last4, narrowed.last4),
        (PAYMENT.c.currency, narrowed.currency),
        (PAYMENT.c.brand, narrowed.brand),
        (PAYMENT.c.country, narrowed.country and narrowed.country.upper()),
        (PAYMENT.c.method, narrowed.type),
        (PAYMENT.c.risk_level, narrowed.risk_level),
    ):
        if value is not None:
            yield column, [value]


def _bounded(bound: AmountRange) -> Condition:
    milli, limit = PAYMENT.c.milli, bound.milli
    match bound.sign:
        case ">":
            return milli > limit
        case ">=":
            return milli >= limit
        case "<":
            return milli < limit
        case "<=":
            return milli <= limit
        case _:
            return milli == limit


def _within(period: Period) -> list[Condition]:
    found: list[Condition] = []
    if period.begin is not None:
        found.append(PAYMENT.c.created >= to_unix(period.begin))
    if period.end is not None:
        found.append(PAYMENT.c.created < to_unix(period.end))
    return found


def _with_email(connection: Connection, email: str) -> Condition:
    """Match a whole address exactly, part of one anywhere, both with its accents."""
    lowered = func.lower(PAYMENT.c.email)
    if "@" in email[1:-1]:
        return lowered == email
    has_part = _has(connection, lowered, email)
    return _containing(connection, folded(email), besides=has_part)


def _with_receipt(connection: Connection, number: str) -> Condition:
    """Match a whole line of the searched text, not a part of another number."""
    lines = "\n" + PAYMENT.c.search + "\n"
    return and_(
        _containing(connection, number), _has(connection, lines, f"\n{number}\n")
    )


def _tagged(connection: Connection, key: str, value: str) -> Condition:
    """Match payments whose intent or charge carries this metadata."""
    query = tags.tagged(key, value).limit(gathering.TOO_MANY)
    owners = list(connection.execute(query).scalars())
    if len(owners) < gathering.TOO_MANY:
        return or_(PAYMENT.c.id.in_(owners), PAYMENT.c.charge.in_(owners))
    ids = TAG.c.object_id.in_((PAYMENT.c.id, PAYMENT.c.charge))
    return exists(select(TAG.c.key).where(*tags.equal(key, value), ids))


def _has(connection: Connection, column: ColumnElement[str], word: str) -> Condition:
    if connection.dialect.name == "postgresql":
        # The trigram index answers LIKE only.
        return column.contains(word.replace("\0", NUL_SHOWN), autoescape=True)
    return func.instr(column, word) > 0


def _containing(
    connection: Connection, word: str, *, besides: Condition | None = None
) -> Condition:
    """Match what a word is in, and what must hold `besides`.

    The word must be folded as the searched text is.
    """
    has_word = _has(connection, PAYMENT.c.search, word)
    if besides is not None:
        has_word = and_(has_word, besides)
    if len(word) < _SHORTEST_TRIGRAM or connection.dialect.name == "postgresql":
        return has_word
    parts = (word[at : at + 3].replace('"', '""') for at in range(len(word) - 2))
    trigrams = " AND ".join(f'"{part}"' for part in parts if "\0" not in part)
    if not trigrams:
        return has_word
    matches = _matching(connection, trigrams)
    if len(matches) == gathering.TOO_MANY and besides is not None:
        # Names may have often what hardly an address has: a walk would go far.
        matches = _matching(connection, trigrams, besides)
    if len(matches) == gathering.TOO_MANY:
        return has_word
    return and_(PAYMENT.c.seq.in_(matches), has_word)


def _matching(
    connection: Connection, trigrams: str, *besides: Condition
) -> Sequence[int]:
    """Return which rows the text index finds, as many as are worth naming."""
    row: ColumnElement[int] = literal_column("payment_text.rowid")
    here = (PAYMENT.c.seq == row,) if besides else ()
    found = (
        select(row)
        .select_from(text("payment_text"))
        .where(text("payment_text MATCH :terms"), *here, *besides)
    )
    most = found.limit(gathering.TOO_MANY)
    return connection.execute(most, {"terms": trigrams}).scalars().all()
