"""Top up: add funds, after seeing which waiting refunds they let go."""

from collections.abc import Awaitable, Callable

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Label, Static

from store.balance import Balance
from store.money import LARGEST, Money
from store.outcome import TopupOutcome
from tui.dialogs.armed import ArmedDialog
from tui.text import join, line
from tui.widgets.amount_input import AmountInput
from tui.words import foresight


class TopUpDialog(ArmedDialog[Money, TopupOutcome]):
    """Asks how much to add to one currency; answers with the amount."""

    TITLE_TEXT = "Top up"
    KEEP = "Add nothing"

    def __init__(
        self,
        balance: Balance,
        dry_run: Callable[[Money], Awaitable[TopupOutcome]],
        *,
        typed: Money | None = None,
        notice: str | None = None,
    ) -> None:
        super().__init__(dry_run, notice=notice)
        self._balance = balance
        self._typed = typed or balance.short

    def about(self) -> Content:
        """Return what the currency holds and lacks."""
        balance = self._balance
        short = line((f"SHORT {balance.short}", "bold")) if balance.short else line()
        return join(
            [
                line(f"available {balance.available}"),
                line(f"held {balance.held}"),
                short,
            ]
        )

    def fields(self) -> ComposeResult:
        """Compose the amount; `full` is what is short."""
        currency = self._balance.short.currency
        with Horizontal(classes="field"):
            yield Label("Amount")
            yield AmountInput(
                Money(LARGEST, currency),
                self._typed.digits(grouped=False) if self._typed else "",
                whole=self._balance.short,
                id="amount",
            )
            yield Static(
                Content(f"{currency.upper()}   from the bank account"), id="hint"
            )

    def request(self) -> Money:
        """Return the amount as it is typed."""
        return self.query_one("#amount", AmountInput).read()

    def foresight(self, outcome: TopupOutcome) -> Content:
        """Return which refunds go out."""
        return foresight.of_topup(outcome)

    def verb(self, request: Money | None) -> str:
        """Return what the button will do."""
        return f"Add {request}" if request else "Add"
