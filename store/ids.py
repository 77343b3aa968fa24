"""The only source of new ids: Stripe's prefixes, random or seeded."""

import random
import string
from typing import Protocol

_ALPHABET = string.digits + string.ascii_letters
_LONG = 24
_MANY = len(_ALPHABET) ** _LONG
_SYSTEM = random.SystemRandom()


class IdFactory(Protocol):
    """Makes ids that were never made before."""

    def new(self, prefix: str) -> str:
        """Return a new id, such as `re_…` for the prefix `re`."""


class RandomIds:
    """Ids from the system's randomness."""

    def new(self, prefix: str) -> str:
        """Return prefix and 24 random characters."""
        # The system is asked once, not for each letter.
        left, letters = _SYSTEM.randrange(_MANY), []
        for _ in range(_LONG):
            left, one = divmod(left, len(_ALPHABET))
            letters.append(_ALPHABET[one])
        return f"{prefix}_" + "".join(letters)


class SeededIds:
    """The same ids for the same seed, in the same order: demos, tests."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable is the point

    def new(self, prefix: str) -> str:
        """Return prefix and 24 characters that follow from the seed."""
        return f"{prefix}_" + "".join(self._random.choices(_ALPHABET, k=24))
