"""Failed inbox: refunds that failed, newest first, read through the bridge."""

from dataclasses import dataclass

from store.desk.follow_up import FailedRefund
from store.lists.page import Cursor, Page
from tui.ask import Ask


@dataclass(frozen=True, slots=True)
class FailedInbox:
    """Where the rows of the inbox come from: open refunds, or those dealt with."""

    ask: Ask
    done: bool = False

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
        return await self.ask.read(
            lambda store: store.refunds.failed(
                done=self.done, after=place, before=before, last=last
            )
        )
