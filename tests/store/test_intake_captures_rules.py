"""Partial captures, by rule: whatever the amounts, either shape means the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from bringing import dump
from exported import AT, charge, event, lines, movement, refund
from hypothesis import given, settings
from hypothesis import strategies as st
from partly import (
    BACK,
    CAPTURED,
    MORE,
    OWN,
    PAID,
    REAL,
    Json,
    listed,
    old,
    release,
    without,
)

import store as door
from store.clock import StandingClock, from_unix
from store.ids import SeededIds
from store.intake.captures import Around, captured_of, refunded_of, release_of, told_of
from store.intake.objects import understood
from store.intake.reading import Found, read
from store.verbs import take_in


def _charge(said: Json) -> Any:
    return understood(Found("charge", said, "export.json", 1))


@st.composite
def stories(draw: st.DrawFn) -> tuple[int, int, list[int]]:
    """Return what was authorised, captured of it, and refunded of that."""
    whole = draw(st.integers(2, 3000))
    captured = draw(st.integers(1, whole - 1))
    left, refunds = captured, []
    for _ in range(draw(st.integers(0, 4))):
        if left:
            refunds.append(draw(st.integers(1, left)))
            left -= refunds[-1]
    return whole, captured, refunds


@settings(max_examples=300)
@given(
    stories(),
    st.booleans(),
    st.sampled_from([None, "txn_rest"]),
    st.booleans(),
    st.booleans(),
)
def test_either_shape_means_the_same(
    story: tuple[int, int, list[int]],
    lists: bool,  # noqa: FBT001
    own: str | None,
    says: bool,  # noqa: FBT001
    asked: bool,  # noqa: FBT001
) -> None:
    """Whatever was captured, whatever was refunded of it, however it is written."""
    whole, captured, amounts = story
    why = {"reason": "duplicate"} if asked or whole - captured in amounts else {}
    real = [
        refund(str(n), amount=amount, created=AT + 60 + n, **why)
        for n, amount in enumerate(amounts)
    ]
    rest = release(amount=whole - captured, balance_transaction=own)
    gone = sum(amounts)
    shown: Json = {"refunds": listed(rest, *real)} if lists else {}
    shared: Json = {"amount": whole, "amount_captured": captured}
    as_2026 = charge(**shared, amount_refunded=gone, refunded=gone == captured)
    as_2019 = charge(
        **shared,
        amount_refunded=gone + whole - captured,
        refunded=gone == captured,
        **shown,
    )
    if not says:
        as_2019 = without(as_2019, "amount_captured")
    for said, refunds in ((as_2026, real), (as_2019, [rest, *real])):
        objects = [understood(Found("refund", one, "x", 1)) for one in refunds]
        around = Around(received=captured, new=tuple(objects))  # type: ignore[arg-type]
        told = [one for one in [told_of(said)] if one]
        read_ = _charge(said)
        assert captured_of(read_, told, around) == captured
        read_ = replace(read_, amount_captured=captured)
        let_go = release_of(read_, told, around)
        assert (let_go.id if let_go else None) == (
            "re_rest" if said is as_2019 else None
        )
        assert refunded_of(read_, told, let_go, around) == gone


SIGHTINGS = [
    PAID,
    charge(captured=False, amount_captured=0, balance_transaction=None),
    old(OWN, REAL, lists=False),
    without(old(OWN, REAL, MORE), "amount_captured"),
    OWN,
    REAL,
    MORE,
    BACK,
    movement(amount=CAPTURED, net=CAPTURED - 88),
    event("1", "charge.refunded", old(OWN, REAL, lists=False)),
]


@settings(max_examples=25)
@given(st.permutations(SIGHTINGS), st.integers(1, 10))
def test_the_order_of_a_file_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, objects: list[Json], chunk: int
) -> None:
    """Nor how much of it is joined at a time; imported again it changes nothing."""
    where = tmp_path_factory.mktemp("order")
    file, url = where / "export.json", f"sqlite:///{where / 'store.db'}"
    file.write_text(lines(*objects))
    clock = StandingClock(from_unix(AT + 86_400))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(take_in, "CHUNK", chunk)
        with door.open_store(url, clock=clock, ids=SeededIds("x")) as made:
            made.take_in(file.name, read(file))
            found = made.payments.find("pi_1")
            assert (found.refunded.amount, found.refundable.amount) == (800, 400)
            assert {one.id for one in found.refunds} == {"re_a", "re_b", "re_c"}
            assert made.examine() == ()
            before = dump(url)
            assert made.take_in(file.name, read(file)).changed == {}
            assert dump(url) == before
