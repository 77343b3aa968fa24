"""Whoever asks for whatever, in any order: no wrong cent, and time goes on.

`pytest tests/http/test_http_stories.py --stories=1000` plays more of them than the
suite does. A story that breaks a rule is told by the fewest of its requests that do.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pytest
from stories import Ask, shortest, story
from story_player import Broken, Played, play

import server
from store.cards import CARDS, Behaviour
from store.http.endpoints import ROUTES

PIECES = 4
"""How many tests the stories of an engine are divided among."""
ON_POSTGRESQL = 4
"""One story of so many is played on PostgreSQL as well."""
DECLINED = {Behaviour.DECLINED, Behaviour.HIGHEST_RISK}
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
def folder() -> Iterator[Path]:
    """Where stores are that nobody looks at again; in memory where there is such."""
    place = IN_MEMORY if IN_MEMORY.is_dir() else None
    made = Path(tempfile.mkdtemp(prefix="refund-desk-stories-", dir=place))
    yield made
    shutil.rmtree(made)


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_story_breaks_a_rule(
    piece: int, folder: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever is asked of SQLite; every endpoint and test method did something."""
    number, length = _sizes(request)
    names, came = count(), Counter[tuple[str, str]]()
    methods = Counter[str]()

    def fresh() -> str:
        for old in folder.iterdir():
            old.unlink()
        return f"sqlite:///{folder / f'story{next(names)}.db'}"

    for seed in range(piece, number, PIECES):
        played = told(seed, story(seed, length), fresh)
        came += played.done
        methods += played.methods
    asked = {(one.method, one.path) for one in ROUTES.endpoints}
    taken = {name for name, one in CARDS.items() if one.behaviour not in DECLINED}
    assert sorted(asked - came.keys()) == []
    assert sorted(taken - methods.keys()) == []


@pytest.mark.parametrize("piece", range(PIECES))
def test_no_story_breaks_a_rule_on_postgresql(
    piece: int, request: pytest.FixtureRequest
) -> None:
    """The same rules hold on the other engine."""
    number, length = _sizes(request)
    with server.schema_of_own("stories") as schema:

        def fresh() -> str:
            schema.empty()
            return schema.url

        for seed in range(piece, number // ON_POSTGRESQL, PIECES):
            assert told(seed, story(seed, length), fresh).done.total() > length // 4


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
