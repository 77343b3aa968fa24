"""Reference card: the number by which a bank traces a refund, and its state."""

from textual.content import Content

from store.outcome import RefundDetail
from store.reference import ReferenceStatus, what_it_means
from store.statement import shown_of
from tui.actions import COPY_ID
from tui.status import GOOD, QUIET, WAITS
from tui.text import join, line, plain
from tui.words.times import Times


def number(detail: RefundDetail) -> str | None:
    """Return the reference, fit to be shown and copied, or None without one."""
    destination = detail.refund.destination
    return (
        plain(destination.reference) if destination and destination.reference else None
    )


def state(detail: RefundDetail, times: Times) -> Content:
    """Return whether the reference is there: since when, until when, or why never."""
    destination = detail.refund.destination
    if _waits(detail):
        return line(("none yet", f"${QUIET}"))
    if destination is None:
        return line(("none", f"${QUIET}"))
    since, by = detail.reference_since, detail.reference_expected_by
    match destination.status:
        case ReferenceStatus.AVAILABLE:
            said = f"available since {times.when(since)}" if since else "available"
            return line((said, f"${GOOD}"))
        case ReferenceStatus.PENDING if not detail.refund.is_live:
            return line(("none will come", f"${QUIET}"))
        case ReferenceStatus.PENDING:
            late = by is not None and by < times.now
            word = "late, was expected by" if late else "pending, expected by"
            said = f"{word} {times.day(by)}" if by else "pending"
            return line((said, f"${WAITS}"))
        case ReferenceStatus.UNAVAILABLE:
            return line(("unavailable", f"${QUIET}"))
        case _ if destination.is_reversal:
            return line(("reversal", f"${QUIET}"))
        case _:
            return line(("none", f"${QUIET}"))


def card(detail: RefundDetail, times: Times) -> Content:
    """Return the whole card: kind and state, the number, what it means."""
    destination = detail.refund.destination
    found = number(detail)
    by = detail.reference_expected_by
    late = by is not None and by < times.now
    kind = destination.reference_type if destination else None
    named = Content.empty()
    if destination and (found or kind):
        named = line((destination.label, "bold"))
        if kind:
            named = line(named, (f" ({plain(kind)})", f"${QUIET}"))
    rows = [join([named, state(detail, times)])]
    if found:
        rows.append(line((found, "bold"), (f"   {COPY_ID.key} copies it", f"${QUIET}")))
    live = detail.refund.is_live
    sent = not _waits(detail)
    paid = detail.payment
    shown = (
        shown_of(detail.refund, paid.charge, paid.refunds)
        if paid
        else shown_of(detail.refund, None)
    )
    said = what_it_means(destination, shown=shown, late=late, live=live, sent=sent)
    rows.append(line(said))
    return Content("\n").join(rows)


def _waits(detail: RefundDetail) -> bool:
    """Tell whether the refund is still to go out."""
    return detail.refund.is_live and not detail.refund.has_moved_money
