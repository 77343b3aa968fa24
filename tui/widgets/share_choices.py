"""Share choices: what comes back of a shared charge beside its refund."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical

from store.connect import Share
from store.money import Money
from tui.text import plain
from tui.widgets.toggle import Toggle


def offered(share: Share | None) -> tuple[bool, bool]:
    """Return whether a transfer can be reversed, and a fee be given back."""
    if share is None or share.account is None:
        return False, False
    return bool(share.transfer), bool(share.fee)


class ShareChoices(Vertical):
    """Whether the transfer is reversed, and the application fee given back.

    Neither is unless it is ticked, as in the Dashboard and over the API.
    """

    DEFAULT_CSS = """
    ShareChoices {
        height: auto;
        padding-left: 8;
    }
    """

    def __init__(
        self,
        account: str,
        offers: tuple[bool, bool],
        ticked: tuple[bool, bool] = (False, False),
        *,
        id: str = "share",  # noqa: A002 - the toolkit's own word
    ) -> None:
        super().__init__(id=id)
        self._account = plain(account)
        self._offers = offers
        self._ticked = ticked

    def compose(self) -> ComposeResult:
        """Show a box for each choice that there is."""
        transfer, fee = self._offers
        if transfer:
            yield Toggle(self._reverses(()), ticked=self._ticked[0], id="reverse")
        if fee:
            yield Toggle(self._gives(()), ticked=self._ticked[1], id="fee")

    @property
    def chosen(self) -> tuple[bool, bool]:
        """Return what is ticked: reverse the transfer, refund the application fee."""
        return self._is_ticked("#reverse"), self._is_ticked("#fee")

    def _is_ticked(self, box: str) -> bool:
        return any(one.ticked for one in self.query(box).results(Toggle))

    def offer(self, *, transfer: bool, fee: bool) -> None:
        """Show the choices that there are."""
        for box, there in (("#reverse", transfer), ("#fee", fee)):
            self.query(box).set(display=there)

    def tell(self, transfer: Sequence[Money], fee: Sequence[Money]) -> None:
        """Say what each of them would come to."""
        for one in self.query("#reverse").results(Toggle):
            one.words = self._reverses(transfer)
        for one in self.query("#fee").results(Toggle):
            one.words = self._gives(fee)

    def _reverses(self, amounts: Sequence[Money]) -> str:
        what = _sum(amounts, "nothing is left to come")
        return f"Reverse transfer: {what} back from {self._account}"

    def _gives(self, amounts: Sequence[Money]) -> str:
        what = _sum(amounts, "nothing is left to go")
        return f"Refund application fee: {what} back to {self._account}"


def _sum(amounts: Sequence[Money], nothing: str) -> str:
    """Return amounts in words; before a dry run has told, none."""
    if not amounts:
        return "…"
    return " + ".join(str(one) for one in amounts if one) or nothing
