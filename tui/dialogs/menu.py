"""Menu: everything that can be done to a payment, and why the rest cannot."""

from dataclasses import replace
from textwrap import wrap
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from store.errors import Refusal
from store.payment import Payment
from tui.action import Action
from tui.actions import BY_ID, MENU, ON_PAYMENT, PARTIAL_REFUND, REFUND, bindings
from tui.dialogs.choosing import ChoosingDialog
from tui.log_actions import FINISH, RETRY_REFUND
from tui.offers import Offers
from tui.status import QUIET
from tui.text import fit, join, line, plain
from tui.words import names

_TITLE_WIDTH = 20
_INDENT = 26
"""Where the second column begins: key, title and the gaps between them."""


ROWS = (RETRY_REFUND, FINISH, *ON_PAYMENT)
"""What a menu may list, in order; what of it depends on what is meant."""


class MenuDialog(ChoosingDialog):
    """Returns the id of the action that was chosen; dim rows say why not."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(MENU),
        *(replace(action.binding, action=f"choose('{action.id}')") for action in ROWS),
    ]

    def __init__(self, payment: Payment, offers: Offers) -> None:
        super().__init__()
        self._payment = payment
        self._offers = offers

    def title_line(self) -> Content:
        """Return which payment the actions would act on."""
        payment = self._payment
        return join(
            [
                line(names.short(payment.id)),
                line(str(payment.money)),
                line(fit(names.customer(payment), 24).rstrip()),
            ]
        )

    def hint(self) -> str:
        """Return how to choose."""
        return "enter or letter runs · dim rows say why not · esc"

    def rows(self, width: int) -> list[Option]:
        """Return the actions in their order."""
        return [self._row(action, width) for action in ROWS if self._lists(action.id)]

    def _lists(self, id_: str) -> bool:
        """Tell whether an action has a row: only a failed refund is tried again."""
        return id_ in self._offers or BY_ID[id_] in ON_PAYMENT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the letters of what is refused do nothing."""
        if action != "choose":
            return True
        id_ = str(parameters[0])
        if not self._lists(id_):
            return False
        return None if self._offers.get(id_) else True

    def action_menu(self) -> None:
        """Close the menu with the key that opened it."""
        self.dismiss(None)

    def _row(self, action: Action, width: int) -> Option:
        refusal = self._offers.get(action.id)
        head = f" {action.key}", "dim" if refusal else "bold $accent"
        title = f"  {fit(action.title, _TITLE_WIDTH)}  "
        aside = self._aside(action, refusal, width - _INDENT)
        prompt = line(head, (title, "dim" if refusal else ""), (aside, f"${QUIET}"))
        return Option(prompt, id=action.id, disabled=refusal is not None)

    def _aside(self, action: Action, refusal: Refusal | None, room: int) -> str:
        if refusal:
            lines = wrap(plain(refusal.message), max(room, 1))
            return f"\n{' ' * (_INDENT - 1)}".join(lines)
        left = action in (REFUND, PARTIAL_REFUND)
        return f"{self._payment.refundable} left" if left else ""
