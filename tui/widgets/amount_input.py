"""Amount input: an amount typed in a currency's own decimals, never clamped."""

from store.money import Money, parse_amount
from tui.widgets.still_input import StillInput

LONGEST_TYPED = 24


class AmountInput(StillInput):
    """A field that reads as an amount of at most `most`, or says why it does not.

    `full`, `max` and percentages are parts of `whole`, which is `most` by default.
    """

    def __init__(
        self,
        most: Money,
        typed: str | None = None,
        *,
        whole: Money | None = None,
        id: str,  # noqa: A002 - the toolkit's own word
    ) -> None:
        self.most = most
        self.whole = whole or most
        everything = self.whole.digits(grouped=False)
        super().__init__(
            everything if typed is None else typed,
            placeholder=f"at most {most.digits(grouped=False)}",
            longest=LONGEST_TYPED,
            id=id,
        )

    def read(self) -> Money:
        """Return the amount that was typed.

        Raises:
            AmountError: In one sentence, what is wrong with it.
        """
        typed = self.value.strip()
        is_share = typed.isalpha() or typed.endswith("%")
        return parse_amount(typed, self.whole if is_share else self.most)
