"""Payment facts: a payment in words, for the top and the side of its screen."""

from textual.content import Content

from store.authorisation import released
from store.dispute import Dispute
from store.money import Money
from store.outcome import PaymentDetail
from store.payment import Charge, Payment
from store.refund import Refund
from tui import status
from tui.status import BADGES, QUIET
from tui.text import Cell, columns, join, line, plain
from tui.widgets.facts import Fact, block, kept
from tui.words import method, names
from tui.words.times import Times

_ID, _AMOUNT = 12, 11


def summary(detail: PaymentDetail, times: Times) -> Content:
    """Return id and badge, the sums, who paid and with what."""
    payment = detail.payment
    look = BADGES[detail.badge]
    first = line(
        (plain(payment.id), "bold"),
        "  ",
        (f"{look.tag} {look.word}", f"bold {look.style}"),
    )
    sums = [
        line((str(payment.money), "bold")),
        line(f"{names.given_back(payment)} {payment.refunded.digits()}"),
        line(f"refundable {payment.refundable.digits()}"),
        line(f"{names.began(payment)} {times.when(payment.created)}")
        if payment.created
        else Content.empty(),
    ]
    return Content("\n").join([first, join(sums), _who(payment)])


def _who(payment: Payment) -> Content:
    charge = payment.charge
    email = names.email(payment)
    who = names.customer(payment)
    parts = [line(who)]
    if email and plain(email) != who:
        parts.append(line(plain(email)))
    if charge:
        parts.append(line(_card(charge)))
    return join(parts)


def _card(charge: Charge) -> str:
    card = charge.method
    words = method.full(card)
    if card.exp_month and card.exp_year:
        words += f" exp {card.exp_month:02d}/{card.exp_year % 100:02d}"
    return f"{words} {plain(card.country)}" if card.country else words


def refund_row(refund: Refund, times: Times) -> tuple[str, Content]:
    """Return a refund's id and its row: amount, state, reference or reason."""
    look = status.of_refund(refund)
    where = refund.destination
    trace = times.when(refund.created)
    if refund.failure_reason:
        trace += f" · {plain(refund.failure_reason).replace('_', ' ')}"
    if where and where.reference:
        trace += f" · {where.label} {plain(where.reference)}"
    amount = Cell(str(refund.money), _AMOUNT, right=True, whole=True)
    row = columns(Cell(names.short(refund.id), _ID), amount)
    state = (f"  {look.tag} {look.word}", look.style)
    return refund.id, line(row, state, (f"\n  {trace}", f"${QUIET}"))


def details(detail: PaymentDetail, times: Times) -> Content:
    """Return everything else that is known: ids, dispute, metadata, kept fields."""
    payment = detail.payment
    charge, intent, customer = payment.charge, payment.intent, payment.customer
    blocks = [block("Details", _ids(payment, times))]
    if payment.dispute:
        blocks.append(block("Dispute", _dispute(payment.dispute, times)))
    metadata = {
        **(intent.metadata if intent else {}),
        **(charge.metadata if charge else {}),
    }
    blocks.append(
        block("Metadata", [(plain(k), plain(v)) for k, v in metadata.items()])
    )
    sources = (("Charge", charge), ("Intent", intent), ("Customer", customer))
    for title, source in sources:
        if source and (rows := kept(source.extra)):
            blocks.append(block(f"{title}, other fields", rows))
    return Content("\n\n").join(blocks)


def _ids(payment: Payment, times: Times) -> list[Fact]:
    charge, intent = payment.charge, payment.intent
    rows: list[tuple[str, str | None]] = []
    if intent:
        rows += [
            ("intent", intent.id),
            ("status", intent.status),
            ("canceled", intent.cancellation_reason),
            ("cancel note", intent.cancel_note),
        ]
    if charge:
        rows += [
            ("charge", charge.id),
            ("outcome", charge.outcome_type),
            ("risk", charge.risk_level),
            ("failure", charge.failure_message or charge.failure_code),
            ("description", charge.description),
            ("receipt to", charge.receipt_email),
        ]
        if charge.settlement and charge.settlement.currency != charge.money.currency:
            rows.append(("settles as", str(charge.settlement)))
        waits = intent.capturable if intent and charge.captured else 0
        if waits:
            left = Money(waits, charge.money.currency)
            rows.append(("to capture", str(left)))
        if rest := released(payment):
            rows.append(("captured", str(charge.money - rest)))
            rows.append(("released", f"{rest}, authorised and not captured"))
        if charge.capture_before and (waits or not charge.captured):
            rows.append(("capture by", times.when(charge.capture_before)))
    if payment.customer:
        rows.append(("customer", payment.customer.id))
    return [(name, plain(value)) for name, value in rows if value]


def _dispute(dispute: Dispute, times: Times) -> list[Fact]:
    return [
        ("id", plain(dispute.id)),
        ("amount", str(dispute.money)),
        ("status", plain(dispute.status).replace("_", " ")),
        ("reason", plain(dispute.reason).replace("_", " ")),
        ("since", times.when(dispute.created)),
    ]
