"""Whoever asks for whatever, in any order: no wrong cent, and time goes on.

`pytest tests/http/test_http_stories.py --stories=1000` plays more of them than the
suite does. A story that breaks a rule is told by the fewest of its requests that do.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from stories import shortest, story
from story_player import Broken, Played, play
from story_request import Ask

import server
from store.cards import CARDS, Behaviour
from store.http.endpoints import ROUTES

PIECES = 4
"""How many tests the stories of an engine are divided among."""
ON_POSTGRESQL = 4
"""One story of so many is played on PostgreSQL as well."""
DECLINED = {Behaviour.DECLINED, Behaviour.HIGHEST_RISK}
ENOUGH = 60
"""Among so many stories each endpoint does what it is asked for, once at least."""
IN_MEMORY = Path("/dev/shm")  # noqa: S108 - what is played there is thrown away
Fresh = Callable[[], str]
"""Makes a place for a new store; returns its URL."""


def told(seed: int, asks: Sequence[Ask], fresh: Fresh) -> Played:
    """Play a story; one that breaks a rule fails by its shortest form."""
    try:
        return play(fresh(), seed, asks)
    except Broken:
        short = shortest(asks, lambda tried: _why(seed, tried, fresh) is not None)
        why = _why(seed, short, fresh)
        pytest.fail("\n".join((f"story {seed}:", *map(str, short), str(why))))


def _why(seed: int, asks: Sequence[Ask], fresh: Fresh) -> Broken | None:
    try:
        play(fresh(), seed, asks)
    except Broken as broken:
        return broken
    return None


@pytest.fixture
def fresh() -> Iterator[Fresh]:
    """Make stores that nobody looks at again; in memory where that is possible."""
    place = IN_MEMORY if IN_MEMORY.is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="refund-desk-stories-", dir=place))
    names = count()

    def making() -> str:
        for old in folder.iterdir():
            old.unlink()
        return f"sqlite:///{folder / f'story{next(names)}.db'}"

    yield making
    shutil.rmtree(folder)


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_story_breaks_a_rule(
    piece: int, fresh: Fresh, request: pytest.FixtureRequest
) -> None:
    """Whatever is asked of a store in a file, in any order."""
    number, length = _sizes(request)
    for seed in range(piece, number, PIECES):
        assert told(seed, story(seed, length), fresh).done.total() > length // 4


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_story_breaks_a_rule_on_postgresql(
    piece: int, request: pytest.FixtureRequest
) -> None:
    """The same rules hold on the other engine."""
    number, length = _sizes(request)
    with server.schema_of_own("stories") as schema:

        def emptied() -> str:
            schema.empty()
            return schema.url

        for seed in range(piece, number // ON_POSTGRESQL, PIECES):
            assert told(seed, story(seed, length), emptied).done.total() > length // 4


def test_every_endpoint_and_test_method_does_something(fresh: Fresh) -> None:
    """Stories prove little of what they are always refused."""
    asked = {(one.method, one.path) for one in ROUTES.endpoints}
    taken = {name for name, one in CARDS.items() if one.behaviour not in DECLINED}
    for seed in range(ENOUGH):
        played = told(seed, story(seed, 300), fresh)
        asked -= played.done.keys()
        taken -= played.methods.keys()
        if not asked | taken:
            break
    assert sorted(asked) == []
    assert sorted(taken) == []


def _sizes(request: pytest.FixtureRequest) -> tuple[int, int]:
    config = request.config
    return int(config.getoption("stories")), int(config.getoption("story_length"))


def test_a_failing_story_is_shortened_to_what_it_fails_by() -> None:
    """What has no part in the failure is left out."""
    asks = story(1, 200)
    needed = {asks[17], asks[90]}

    def fails(tried: Sequence[Ask]) -> bool:
        return needed <= set(tried)

    assert set(shortest(asks, fails)) == needed
