"""Copy: what of a payment or refund can be put on the clipboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets.option_list import Option

from store.event import Event
from store.outcome import PaymentDetail
from tui.dialogs.choosing import ChoosingDialog
from tui.status import QUIET
from tui.text import GAP, fit, line, plain
from tui.words import names

_LABEL_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Copyable:
    """A value that may be copied: its letter, its name, the value itself."""

    letter: str
    label: str
    value: str


def clean(value: str | None) -> str | None:
    """Return a value that is safe on a clipboard, or None when it is not one word.

    Only one line of visible ASCII leaves the console, and only after a key press.
    """
    safe = value and value.isascii() and value.isprintable() and " " not in value
    return value if safe else None


def copyables(detail: PaymentDetail) -> tuple[Copyable, ...]:
    """Return what of a payment can be copied: its ids, references, email address."""
    payment = detail.payment
    found: list[tuple[str, str, str | None]] = [
        ("y", "payment id", payment.id),
        ("c", "charge id", payment.charge.id if payment.charge else None),
    ]
    letters = iter("abdfgh")
    for refund in sorted(payment.refunds, key=lambda one: one.created, reverse=True):
        destination = refund.destination
        if destination and destination.reference:
            letter = next(letters, "")
            found.append((letter, destination.label, destination.reference))
    found.append(("e", "email", names.email(payment)))
    return tuple(
        Copyable(letter, label, value)
        for letter, label, given in found
        if letter and (value := clean(given))
    )


def of_event(event: Event) -> tuple[Copyable, ...]:
    """Return what of an event can be copied: the ids that are in it."""
    found = [
        ("y", "event id", event.id),
        ("c", "object id", event.object_id),
        ("e", "payment id", event.payment),
        ("a", "request", event.request),
        ("b", "idempotency key", event.key),
    ]
    return tuple(
        Copyable(letter, label, value)
        for letter, label, given in found
        if (value := clean(given))
    )


class CopyDialog(ChoosingDialog):
    """Returns the value that was chosen; the screen copies it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(letter, f"letter('{letter}')", show=False) for letter in "yceabdfgh"
    ]

    def __init__(self, items: Sequence[Copyable]) -> None:
        super().__init__()
        once: dict[str, Copyable] = {}
        for item in items:
            once.setdefault(item.value, item)  # an object may be the payment itself
        self._items = tuple(once.values())

    def title_line(self) -> Content:
        """Return what is asked."""
        return Content("Copy")

    def hint(self) -> str:
        """Return how to choose."""
        return "letter or enter copies · esc"

    def rows(self, width: int) -> list[Option]:
        """Return what can be copied."""
        room = max(1, width - _LABEL_WIDTH - 6)
        return [
            Option(
                line(
                    (f" {item.letter}", "bold $accent"),
                    f"  {fit(item.label, _LABEL_WIDTH - len(GAP))}{GAP}",
                    (fit(plain(item.value), room).rstrip(), f"${QUIET}"),
                ),
                id=item.value,
            )
            for item in self._items
        ]

    def action_letter(self, letter: str) -> None:
        """Return the value of that letter."""
        for item in self._items:
            if item.letter == letter:
                self.dismiss(item.value)
