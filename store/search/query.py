"""The API's search syntax: `status:"succeeded" AND -metadata["order"]:null`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from store.currencies import code_of
from store.errors import Refusal, Refused
from store.refusals.currencies import no_currency

SHORTEST_PART = 3
"""A substring shorter than this finds too much to be of use."""
_CLAUSE = re.compile(
    r"""(?P<minus>-?)(?P<field>[a-z_0-9.]+)(?:\[(?P<key>"(?:[^"\\]|\\.)*")\])?
        \s*(?P<op>>=|<=|>|<|:|~)\s*
        (?P<value>"(?:[^"\\]|\\.)*"|null\b|-?\d+)""",
    re.VERBOSE,
)
_JOINER = re.compile(r"\s*\b(AND|OR)\b\s*|\s+|\s*$")
_WHOLE = re.compile(r"-?\d{1,15}", re.ASCII)
_CARD = "payment_method_details.card."


class Operator(StrEnum):
    """How a field is compared with a value."""

    IS = ":"
    HAS = "~"
    ABOVE = ">"
    BELOW = "<"
    FROM = ">="
    UP_TO = "<="


class Field(StrEnum):
    """What can be searched by."""

    AMOUNT = "amount"
    CREATED = "created"
    CURRENCY = "currency"
    CUSTOMER = "customer"
    DISPUTED = "disputed"
    EMAIL = "email"
    METADATA = "metadata"
    NAME = "name"
    BRAND = f"{_CARD}brand"
    EXP_MONTH = f"{_CARD}exp_month"
    EXP_YEAR = f"{_CARD}exp_year"
    FINGERPRINT = f"{_CARD}fingerprint"
    LAST4 = f"{_CARD}last4"
    REFUNDED = "refunded"
    STATUS = "status"


NUMBERS = frozenset((Field.AMOUNT, Field.CREATED, Field.EXP_MONTH, Field.EXP_YEAR))
FLAGS = frozenset((Field.DISPUTED, Field.REFUNDED))
OF_CHARGES = tuple(one for one in Field if one not in (Field.EMAIL, Field.NAME))
OF_CUSTOMERS = (Field.CREATED, Field.EMAIL, Field.METADATA, Field.NAME)
OF_INTENTS = (
    Field.AMOUNT,
    Field.CREATED,
    Field.CURRENCY,
    Field.CUSTOMER,
    Field.METADATA,
    Field.STATUS,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition; a value of None is null, `key` is the metadata's."""

    field: Field
    operator: Operator
    value: str | int | None
    key: str | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Conditions that must all hold, or, for `any_of`, one of which must."""

    clauses: tuple[Clause, ...]
    any_of: bool = False


class _Wrong(ValueError):
    """What is wrong with a clause."""


def read(text: str, resource: str, fields: tuple[Field, ...]) -> Query:
    """Read a query over the fields of a resource.

    Raises:
        Refused: It cannot be read; the sentence says where and why.
    """
    at, clauses, joiners = len(text) - len(text.lstrip()), [], set()
    while at < len(text):
        found = _CLAUSE.match(text, at)
        if found is None:
            raise Refused(_unreadable(at, "a field, an operator and a value"))
        if found["field"] not in fields:
            raise Refused(_unsupported(found["field"], resource))
        try:
            clauses.append(_clause(found))
        except _Wrong as wrong:
            raise Refused(_unreadable(at, str(wrong))) from None
        joiner = _JOINER.match(text, found.end())
        if joiner is None:
            raise Refused(_unreadable(found.end(), "a space, AND or OR"))
        at = joiner.end()
        if at < len(text):
            joiners.add(joiner[1] or "AND")
        elif joiner[1]:
            raise Refused(_unreadable(at, f"a clause after {joiner[1]}"))
    if not clauses:
        raise Refused(_unreadable(0, "a clause"))
    if len(joiners) > 1:
        raise Refused(_unreadable(0, "AND or OR, not both"))
    return Query(tuple(clauses), any_of=joiners == {"OR"})


def _clause(found: re.Match[str]) -> Clause:
    field, operator = Field(found["field"]), Operator(found["op"])
    key = _unquoted(found["key"]) if found["key"] else None
    if (key is None) == (field is Field.METADATA):
        raise _Wrong('metadata["key"], and no other field with a key')
    negated = bool(found["minus"])
    if found["value"] == "null":
        if operator is not Operator.IS:
            raise _Wrong('":" before null')
        return Clause(field, operator, None, key, negated)
    value = _unquoted(found["value"])
    check = _checks(field)
    return Clause(field, operator, check(operator, value), key, negated)


def _checks(field: Field) -> Callable[[Operator, str], str | int]:
    if field is Field.CURRENCY:
        return _currency
    if field in NUMBERS:
        return _number
    return _flag if field in FLAGS else _text


def _number(operator: Operator, value: str) -> int:
    if operator is Operator.HAS or not _WHOLE.fullmatch(value):
        raise _Wrong("a whole number, compared by one of : > < >= <=")
    return int(value)


def _flag(operator: Operator, value: str) -> str:
    if operator is not Operator.IS or value not in ("true", "false"):
        raise _Wrong('"true", "false" or null after ":"')
    return value


def _currency(operator: Operator, value: str) -> str:
    if operator is Operator.IS and code_of(value) is None:
        raise Refused(no_currency(value, "query"))
    return _text(operator, value)


def _text(operator: Operator, value: str) -> str:
    if operator not in (Operator.IS, Operator.HAS):
        raise _Wrong('":" or "~" before a text')
    if operator is Operator.HAS and len(value) < SHORTEST_PART:
        raise _Wrong(f'at least {SHORTEST_PART} characters after "~"')
    return value


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    return re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.DOTALL)


def _unreadable(at: int, expected: str) -> Refusal:
    return Refusal(
        "We were unable to parse your search query. Try using the format "
        '`metadata["key"]:"value"` to query for metadata or `key:"value"` to query '
        f"for other fields. At character {at + 1}: expected {expected}.",
        param="query",
    )


def _unsupported(field: str, resource: str) -> Refusal:
    return Refusal(
        f"Field `{field}` is an unsupported search field for resource `{resource}`. "
        f"See http://stripe.com/docs/search#query-fields-for-{resource} for a list of "
        "supported fields.",
        param="query",
    )
