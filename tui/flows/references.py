"""References: show the number by which a bank traces a refund."""

from textual.content import Content

from store import refusals
from store.errors import Refused, StoreError
from tui.actions import LOOK_UP
from tui.dialogs.look_up import LookUpDialog
from tui.dialogs.pick_refund import Candidate, PickRefundDialog
from tui.flows.attempt import Desk, payment_of, times_at
from tui.words import results


async def look_up(
    desk: Desk, payment_id: str, refund_id: str | None = None
) -> Content | None:
    """Show the bank reference of a refund; where several are there, ask which."""
    try:
        chosen = refund_id or await pick(desk, payment_id, LOOK_UP.title)
        if chosen is None:
            return None
        detail = await desk.ask.read(lambda store: store.refunds.detail(chosen))
        times = await times_at(desk)
    except StoreError as refused:
        return results.nothing_done(refused)
    await desk.app.push_screen_wait(LookUpDialog(detail, times))
    return None


async def pick(desk: Desk, payment_id: str, title: str) -> str | None:
    """Return the refund that is meant: the only one, or the one that is picked.

    Raises:
        StoreError: There is no refund, or the payment cannot be read.
    """
    found = (await payment_of(desk, payment_id)).payment.refunds
    if not found:
        raise Refused(refusals.no_refund_yet())
    if len(found) == 1:
        return found[0].id
    candidates = tuple(Candidate(one) for one in found)
    times = await times_at(desk)
    dialog = PickRefundDialog(title, candidates, times, desk.likely_refund)
    return await desk.app.push_screen_wait(dialog)
