"""Facts: names and values in two columns, as payment and refund screens show them."""

from collections.abc import Iterable, Mapping

from textual.content import Content

from store.money import Money
from store.outcome import Movement, PaymentDetail
from store.statement import charged
from tui.status import QUIET
from tui.text import NOTHING, Cell, cells, columns, fit, join, line, money, plain
from tui.words import names
from tui.words.times import Times

LABEL = 13
_SUM_LABEL = 18
_AMOUNT = 16
Fact = tuple[str, Content | str]


def heading(title: str) -> Content:
    """Return the title of a block of facts."""
    return line((title.upper(), f"bold ${QUIET}"))


def block(title: str, facts: Iterable[Fact], label: int = LABEL) -> Content:
    """Return a titled block, one fact a line, the names `label` cells wide."""
    rows = [_fact(name, value, label) for name, value in facts]
    if not rows:
        rows = [line((NOTHING, f"${QUIET}"))]
    return Content("\n").join([heading(title), *rows])


def _fact(name: str, value: Content | str, label: int) -> Content:
    """Return one fact; a name too long for its column has a line of its own."""
    if cells(name) < label:
        return line((fit(name, label), f"${QUIET}"), value)
    return line((f"{name}\n{' ' * label}", f"${QUIET}"), value)


def breakdown(detail: PaymentDetail) -> Content:
    """Return gross, fee, net, refunded and refundable, one under the other."""
    payment = detail.payment
    sums: list[tuple[str, Money | None]] = [
        ("gross", charged(payment.charge) if payment.charge else payment.money),
        ("fee", -detail.fee if detail.fee else detail.fee),
        *([("dispute", detail.disputed)] if detail.disputed is not None else []),
        ("net", detail.net),
        (names.given_back(payment), payment.refunded),
        ("refundable", payment.refundable),
    ]
    return block(
        "Breakdown",
        ((name, _amount(money(amount))) for name, amount in sums),
        _SUM_LABEL,
    )


def movements(moved: tuple[Movement, ...], times: Times) -> Content:
    """Return the balance transactions, the newest first."""
    rows: list[Fact] = []
    for one in sorted(moved, key=lambda one: one.created, reverse=True):
        fee = Money(one.fee, one.money.currency)
        first = line(_amount(str(one.money)), f"  {_words(one.type)}")
        second = [
            line(f"fee {fee.digits()}") if fee else Content.empty(),
            line(f"{_arrives(one)} {times.day(one.available_on)}"),
        ]
        rows += [(names.short(one.id), first), ("", join(second))]
    return block("Money", rows)


def _amount(text: str) -> Content:
    return columns(Cell(text, _AMOUNT, right=True, whole=True))


def _arrives(moved: Movement) -> str:
    return "pending until" if moved.status == "pending" else _words(moved.status)


def _words(name: str) -> str:
    return plain(name).replace("_", " ")


def kept(fields: Mapping[str, object], prefix: str = "") -> list[Fact]:
    """Return fields that the store keeps without knowing them, one a line."""
    rows: list[Fact] = []
    for name, value in fields.items():
        path = f"{prefix}{plain(name)}"
        if isinstance(value, Mapping):
            rows += kept(value, f"{path}.")
        elif value not in (None, "", [], ()):
            rows.append((path, plain(str(value))))
    return rows
