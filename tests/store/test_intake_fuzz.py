"""Whatever a file holds: it comes in, or is refused with its lines; never half."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import exported
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import store as door
from store.clock import StandingClock, from_unix
from store.errors import ImportFailed
from store.ids import SeededIds
from store.intake.reading import read
from store.outcome import ImportReport
from store.sql.engine import Database

KINDS = [
    exported.charge(),
    exported.intent(),
    exported.refund(),
    exported.movement(),
    exported.dispute(),
    exported.customer(),
    exported.event("1", "charge.refunded", exported.charge(amount_refunded=500)),
]
SENTENCE = r"fuzz\.json(, line \d+)?: .+\Z"
OBJECTS = ["charge", "list", "refund"]
TORN = [b"{", b"[", b"}", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b","]
NUMBERS = st.one_of(
    st.integers(),
    st.sampled_from([0, -1, 2**31, 2**63, 10**40, 253_402_300_800]),
    st.floats(),
)
ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        NUMBERS,
        st.text(st.characters(), max_size=9),
        st.sampled_from(["\ud800", "\x00", "", "ch_1", "re_1", "usd", "succeeded"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.text(max_size=5), inner, max_size=3),
        st.fixed_dictionaries({"object": st.sampled_from(OBJECTS)}),
    ),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def desk(shared_url: str) -> Iterator[door.Store]:
    """One store for every example: what came in stays in."""
    clock = StandingClock(from_unix(exported.AT + 90 * 86_400))
    made = door.open_store(
        shared_url, clock=clock, ids=SeededIds("f"), mode=door.Mode.DEMO
    )
    with made:
        yield made


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every field of an object."""
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in inner:
        yield (*here, key)
        if isinstance(member, dict | list):
            yield from paths(member, (*here, key))


@st.composite
def mutated(draw: st.DrawFn) -> Any:
    """Return an object with some fields replaced by anything, or gone."""
    made = copy.deepcopy(draw(st.sampled_from(KINDS)))
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from(list(paths(made)) or [("id",)]))
        at = made
        for key in way:
            at = at[key]
        if draw(st.booleans()) or isinstance(at, list):
            at[last] = draw(ANYTHING)
        else:
            del at[last]
    return made


def rows(desk: door.Store) -> list[int]:
    """Count everything that an import may write."""
    database: Database = desk._database
    tables = ("charge", "refund", "payment_intent", "event", "posting", "payment")
    with database.read() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in tables
        ]


def check(desk: door.Store, file: Path) -> None:
    """Import; a refusal names lines and leaves the store as it was."""
    before = rows(desk)
    wrong, report = outcome(desk, file)
    if report is None:
        assert wrong
        assert all(re.match(SENTENCE, one, re.DOTALL) for one in wrong), wrong
        assert all(one.encode() for one in wrong)
        assert rows(desk) == before
        return
    again = desk.take_in("fuzz.json", read(file, source="fuzz.json"))
    assert again.added == {}
    assert again.changed == {}
    assert again.read == report.read


def outcome(
    desk: door.Store, file: Path
) -> tuple[tuple[str, ...], ImportReport | None]:
    """Return what was wrong with a file, or what it brought in."""
    try:
        return (), desk.take_in("fuzz.json", read(file, source="fuzz.json"))
    except ImportFailed as failed:
        return failed.problems, None


FUZZ = settings(max_examples=150, suppress_health_check=list(HealthCheck))


@FUZZ
@given(st.lists(mutated(), min_size=1, max_size=5))
def test_mangled_objects(
    desk: door.Store, tmp_path_factory: pytest.TempPathFactory, objects: list[Any]
) -> None:
    """Wrong types, wrong numbers, missing fields, contradictions."""
    file = tmp_path_factory.getbasetemp() / "mangled.json"
    file.write_text("".join(json.dumps(one) + "\n" for one in objects))
    check(desk, file)


@FUZZ
@given(
    st.lists(
        st.one_of(
            ANYTHING.map(lambda value: json.dumps(value).encode()),
            mutated().map(lambda value: json.dumps(value, indent=1).encode()),
            st.binary(max_size=30),
            st.sampled_from(
                [b"{", b"[", b"}", b"\n", b"\xef\xbb\xbf", b"\xff\xfe", b","]
            ),
        ),
        max_size=6,
    ),
    st.sampled_from([b"\n", b"", b"\r\n", b" "]),
)
def test_mangled_bytes(
    desk: door.Store,
    tmp_path_factory: pytest.TempPathFactory,
    parts: list[bytes],
    between: bytes,
) -> None:
    """Cut, joined and broken in any way."""
    file = tmp_path_factory.getbasetemp() / "bytes.json"
    file.write_bytes(between.join(parts))
    check(desk, file)


def test_the_store_is_sound_after_all_that(desk: door.Store) -> None:
    """Every invariant holds, and every payment's story can be told."""
    assert desk.examine() == ()
    listed = desk.payments.page(size=1000).rows
    assert listed
    assert all(desk.payments.detail(one.id).timeline for one in listed)
