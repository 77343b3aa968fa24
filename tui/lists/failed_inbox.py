"""Failed inbox: refunds that failed, newest first, read through the bridge."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.desk.follow_up import FailedRefund
from store.lists.page import Cursor, Page
from tui.ask import Ask

if TYPE_CHECKING:
    from store import Store


def _nothing() -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class FailedInbox:
    """Where the rows of the inbox come from: open refunds, or those dealt with."""

    ask: Ask
    done: bool = False
    kept: Callable[[], str | None] = _nothing
    """Tells which refund stays in its place though it belongs there no more."""

    async def __call__(
        self,
        *,
        after: Cursor | None = None,
        before: Cursor | None = None,
        around: FailedRefund | None = None,
        last: bool = False,
    ) -> Page[FailedRefund]:
        """Return a page; see `Fetch`."""
        place = Cursor(0, around.seq + 1) if around else after
        kept = self.kept()

        def read(store: "Store") -> tuple[Page[FailedRefund], tuple[FailedRefund, ...]]:
            page = store.refunds.failed(
                done=self.done, after=place, before=before, last=last
            )
            if kept is None or any(one.id == kept for one in page.rows):
                return page, ()
            return page, store.refunds.follow_ups(kept)

        page, added = await self.ask.read(read)
        backwards = before is not None or last
        above = page.first if page.more and backwards else place
        below = page.last if page.more and not backwards else before
        mine = [one for one in added if _between(above, one.seq, below)]
        rows = sorted([*page.rows, *mine], key=lambda one: one.seq, reverse=True)
        return replace(page, rows=tuple(rows))


def _between(above: Cursor | None, seq: int, below: Cursor | None) -> bool:
    """Tell whether a row is on the page between two places, either of them open."""
    return (above is None or seq < above.seq) and (below is None or seq > below.seq)
