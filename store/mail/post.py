"""Post: who carries a letter to its reader."""

from typing import Protocol

from store.mail.receipt import Letter


class PostFailed(Exception):
    """A letter that was not taken: why, and whether trying again is of no use."""

    def __init__(self, message: str, *, is_final: bool = False) -> None:
        super().__init__(message)
        self.is_final = is_final


class Postman(Protocol):
    """Carries letters."""

    def send(self, letter: Letter, given: str) -> None:
        """Send a letter; the same letter always goes under the same `given` id.

        Raises:
            PostFailed: It was not taken, or nobody knows.
        """
