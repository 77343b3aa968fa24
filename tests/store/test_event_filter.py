"""The filter of the log: what can be typed, and what is said where it cannot."""

from __future__ import annotations

import pytest

from store.search.events import EventFilter, event_completions, parse_events
from store.search.terms import SearchError


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", EventFilter()),
        ("   ", EventFilter()),
        ("type:refund.", EventFilter(type="refund.")),
        ("TYPE:charge.refunded", EventFilter(type="charge.refunded")),
        ("refund.failed", EventFilter(type="refund.failed")),
        ("re_3Nik2", EventFilter(object="re_3Nik2")),
        ('actor:"mia p"', EventFilter(actor="mia p")),
        (
            "type:refund. object:re_1 actor:mia",
            EventFilter("refund.", "re_1", "mia"),
        ),
        ("actor:a:b", EventFilter(actor="a:b")),
    ],
)
def test_what_can_be_typed(typed: str, wanted: EventFilter) -> None:
    """Each term narrows by one thing; ids and types may stand alone."""
    assert parse_events(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "said", "position"),
    [
        ("actor:mia kind:refund", '"kind" is no key here: type, object, actor', 10),
        ("type:", '"type:" needs a value', 5),
        ("type:a. type:b.", '"type" stands twice', 8),
        ("mia", "write actor:mia for a name", 0),
        ('actor:"mia', "not closed", 6),
    ],
)
def test_what_cannot_be_read(typed: str, said: str, position: int) -> None:
    """The sentence says what is wrong, and where."""
    with pytest.raises(SearchError) as wrong:
        parse_events(typed)
    assert said in str(wrong.value)
    assert wrong.value.position == position


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", ["type:", "object:", "actor:"]),
        ("actor:mia ty", ["type:"]),
        ("type:refund.f", ["refund.failed"]),
        ("type:refund.failed", []),
        ("actor:m", []),
    ],
)
def test_how_typing_can_go_on(typed: str, offered: list[str]) -> None:
    """Keys are offered, then how types begin; what is taken can be read."""
    found = event_completions(typed)
    assert [one.label for one in found] == offered
    for one in found:
        assert one.text.startswith(typed.rpartition(" ")[0])
        assert len(one.text) == one.caret
