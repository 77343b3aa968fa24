"""The only source of new ids: Stripe's prefixes, random or seeded."""

import os
import random
import string
from typing import Protocol

_ALPHABET = string.digits + string.ascii_letters
_LONG = 24
_LETTER = bytes(ord(_ALPHABET[byte % len(_ALPHABET)]) for byte in range(256))
"""By each byte its letter."""
_UNFAIR = bytes(range(256 - 256 % len(_ALPHABET), 256))
"""Bytes that would make some letters likelier than others."""


class IdFactory(Protocol):
    """Makes ids that were never made before."""

    def new(self, prefix: str) -> str:
        """Return a new id, such as `re_…` for the prefix `re`."""


class RandomIds:
    """Ids from the system's randomness."""

    def new(self, prefix: str) -> str:
        """Return prefix and 24 random characters."""
        letters = b""
        while len(letters) < _LONG:
            letters += os.urandom(2 * _LONG).translate(_LETTER, _UNFAIR)
        return f"{prefix}_{letters[:_LONG].decode()}"


class SeededIds:
    """The same ids for the same seed, in the same order: demos, tests."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable is the point

    def new(self, prefix: str) -> str:
        """Return prefix and 24 characters that follow from the seed."""
        return f"{prefix}_" + "".join(self._random.choices(_ALPHABET, k=_LONG))
