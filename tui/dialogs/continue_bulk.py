"""Continue bulk: go on with what an earlier bulk left, or with what failed in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from textual.content import Content

from store.bulk import Bulk
from store.money import Money
from tui.dialogs.armed import ArmedDialog
from tui.dialogs.bulk_refund import payments
from tui.text import join, line, plain
from tui.words.bulk import shares
from tui.words.times import Times


@dataclass(frozen=True, slots=True)
class Rest:
    """What would be refunded now: how many payments, and what they come to."""

    number: int
    sums: tuple[Money, ...]


class ContinueBulkDialog(ArmedDialog[str, Rest]):
    """Shows what is left of a bulk; answers with its id."""

    KEEP = "Leave it"

    def __init__(
        self,
        bulk: Bulk,
        times: Times,
        dry_run: Callable[[str], Awaitable[Rest]],
        *,
        again: bool,
    ) -> None:
        super().__init__(dry_run)
        self._bulk = bulk
        self._times = times
        self._again = again
        self._rest: Rest | None = None
        self.TITLE_TEXT = "Retry what failed" if again else "Resume bulk refund"

    def about(self) -> Content:
        """Return which bulk it is, and who began it."""
        bulk = self._bulk
        begun = f"begun by {plain(bulk.actor)} {self._times.when(bulk.created)}"
        return join([line(plain(bulk.id)), line(begun), line(shares(bulk))])

    def request(self) -> str:
        """Return which bulk is meant."""
        return self._bulk.id

    def foresight(self, outcome: Rest) -> Content:
        """Return what is left of it."""
        self._rest = outcome
        self._relabel(None)
        total = " + ".join(map(str, outcome.sums)) or "nothing"
        what = "failed and may end otherwise" if self._again else "are left"
        return Content("\n").join(
            [
                line((total, "bold"), f" · {payments(outcome.number)} {what}"),
                line("Every payment has its own key, so none is refunded twice."),
            ]
        )

    def why_locked(self) -> str | None:
        """Return that nothing is left, where nothing is."""
        empty = self._rest is not None and not self._rest.number
        return "nothing is left" if empty else None

    def verb(self, request: str | None) -> str:
        """Return what the button will do."""
        del request
        verb = "Retry" if self._again else "Refund"
        return f"{verb} {payments(self._rest.number)}" if self._rest else verb
