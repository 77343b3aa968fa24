"""Failed facts: what failed and why, where the money is, what to do next."""

from textual.content import Content

from store.desk.follow_up import FailedRefund
from tui.log_actions import SHOW_DONE
from tui.status import BAD, GOOD, QUIET, WAITS
from tui.text import join, line, plain
from tui.words import method, names
from tui.words.times import Times


def heading(open_: int, *, done: bool) -> Content:
    """Return how many are open, and what that means for money and customer."""
    title = line((f"Failed refunds {open_} open", "bold"))
    if done:
        return join(
            [title, line((f"done ones · {SHOW_DONE.key} goes back", f"${QUIET}"))]
        )
    told = "each waits to be tried again or closed with a note" if open_ else ""
    return join([title, line((told, f"${QUIET}"))])


def failed_facts(failed: FailedRefund, times: Times) -> Content:
    """Return everything about one failed refund, a thought a line."""
    return Content("\n").join([_what(failed, times), follow_up(failed, times)])


def follow_up(failed: FailedRefund, times: Times) -> Content:
    """Return why a refund failed, where its money is, and what is or was to do."""
    rows = [_why(failed), _money(failed, times)]
    rows.append(_done(failed, times) if failed.is_done else _next(failed))
    if failed.retried_as:
        again = f"tried again as {plain(failed.retried_as)}"
        rows.append(line(("↩ ", f"${GOOD}"), again))
    return Content("\n").join(rows)


def _what(failed: FailedRefund, times: Times) -> Content:
    refund = failed.refund
    asked = f"asked {times.when(refund.created)}"
    if refund.actor:
        asked += f" by {plain(refund.actor)}"
    return join(
        [
            line((f"{refund.money}", "bold"), f" to {method.full(failed.method)}"),
            line(plain(failed.customer)),
            line(plain(refund.id)),
            line((asked, f"${QUIET}")),
        ]
    )


def _why(failed: FailedRefund) -> Content:
    code = failed.refund.failure_reason
    return line(
        (f"✗ {plain(failed.why)}", f"${BAD}"),
        (f"  {plain(code)}" if code else "", f"${QUIET}"),
    )


def _money(failed: FailedRefund, times: Times) -> Content:
    if failed.returned is None:
        back = line("no money had left the balance")
    else:
        when = f" {times.when(failed.returned_at)}" if failed.returned_at else ""
        back = line((f"+{failed.returned}", f"${GOOD}"), f" came back{when}")
    return join([back, line(f"still refundable {failed.refundable}")])


def _next(failed: FailedRefund) -> Content:
    return line(("next: ", f"bold ${WAITS}"), plain(failed.next_step))


def _done(failed: FailedRefund, times: Times) -> Content:
    when = f" {times.when(failed.done_at)}" if failed.done_at else ""
    return line(
        (f"✓ done by {plain(failed.done_by)}{when}: ", f"${GOOD}"),
        f"“{plain(failed.done_note)}”",
    )


def brief(failed: FailedRefund) -> Content:
    """Return which refund is meant, for a dialog: id, amount, customer, method."""
    return join(
        [
            line(names.short(failed.refund.id)),
            line((str(failed.refund.money), "bold")),
            line(plain(failed.customer)),
            line(method.full(failed.method)),
        ]
    )
