"""Cover: add to every currency what is short, after seeing what that lets go."""

from collections.abc import Awaitable, Callable

from textual.content import Content

from store.balance import Balance
from store.money import Money
from store.outcome import TopupOutcome
from tui.dialogs.armed import ArmedDialog
from tui.text import join, line
from tui.words import foresight

Amounts = tuple[Money, ...]


class CoverDialog(ArmedDialog[Amounts, tuple[TopupOutcome, ...]]):
    """Asks whether all shortfalls are to be covered; answers with the amounts."""

    TITLE_TEXT = "Cover all shortfalls"
    KEEP = "Add nothing"

    def __init__(
        self,
        short: tuple[Balance, ...],
        dry_run: Callable[[Amounts], Awaitable[tuple[TopupOutcome, ...]]],
        *,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._short = short

    def about(self) -> Content:
        """Return what each currency holds and lacks."""
        rows = [
            join(
                [
                    line(f"available {one.available}"),
                    line(f"held {one.held}"),
                    line((f"SHORT {one.short}", "bold")),
                ]
            )
            for one in self._short
        ]
        return Content("\n").join([*rows, line("All of it from the bank account.")])

    def request(self) -> Amounts:
        """Return what every currency is short of."""
        return tuple(one.short for one in self._short)

    def foresight(self, outcome: tuple[TopupOutcome, ...]) -> Content:
        """Return which refunds go out, by currency."""
        return foresight.of_cover(outcome)

    def verb(self, request: Amounts | None) -> str:
        """Return what the button will do."""
        asked = request or self.request()
        if len(asked) <= _NAMED:
            return f"Add {' + '.join(map(str, asked))}"
        return f"Add to {len(asked)} currencies"


_NAMED = 2
"""How many amounts a button has room for."""
