"""Random stories of requests: made from a seed, and shortened where they fail."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence

import story_asks as one
from story_episodes import EPISODES
from story_forms import in_full
from story_request import Ask

from store.http.endpoints import ROUTES

_WEIGHTS: Mapping[Callable[[random.Random], Ask], int] = {
    one.pay: 18,
    one.debit: 5,
    one.promise: 6,
    one.confirm: 7,
    one.capture: 8,
    one.cancel: 6,
    one.refund: 26,
    one.advance: 8,
    one.top_up: 2,
    one.update: 3,
    one.customer: 1,
    one.method: 2,
    one.attach: 2,
    one.fund: 1,
    one.cash_payment: 1,
    one.transfer: 3,
    one.take_back: 3,
    one.end_refund: 4,
    one.close: 2,
    one.hook: 1,
    one.anything: 9,
    in_full: 12,
    one.again: 3,
}
_EPISODE = 0.12
"""How often what follows is a whole episode."""


def story(seed: int, length: int) -> list[Ask]:
    """Return the story of a seed: payers, agents and the world, in any order.

    In its last third every endpoint there is is asked once besides.
    """
    chance = random.Random(seed)  # noqa: S311 - repeatable by seed, on purpose
    asks: list[Ask] = []
    makers, weights = tuple(_WEIGHTS), tuple(_WEIGHTS.values())
    while len(asks) < max(length - len(ROUTES.endpoints), 1):
        if chance.random() < _EPISODE:
            asks += chance.choice(EPISODES)(chance)
        else:
            make = chance.choices(makers, weights)[0]
            asks.append(one.for_another(chance, make(chance)))
    tour = [one.plainly(chance, endpoint) for endpoint in ROUTES.endpoints]
    for ask in chance.sample(tour, len(tour)):
        asks.insert(chance.randrange(2 * len(asks) // 3, len(asks)), ask)
    return asks


def shortest(asks: Sequence[Ask], fails: Callable[[Sequence[Ask]], bool]) -> list[Ask]:
    """Leave out of a failing story what it fails without, a piece at a time."""
    left, size = list(asks), max(len(asks) // 2, 1)
    while True:
        at = 0
        while at < len(left):
            tried = left[:at] + left[at + size :]
            if fails(tried):
                left = tried
            else:
                at += size
        if size == 1:
            return left
        size //= 2
