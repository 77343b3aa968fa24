"""Reviews: payments that somebody looks at."""

from typing import Unpack

from store import refusals
from store.errors import Refused
from store.event import Actor
from store.lists.window import Listed, Window
from store.review import Closed, Review, why_not_approve
from store.sql import lists
from store.sql.transaction import Transaction
from store.verbs import fraud
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs


class Reviews(Verbs):
    """Verbs of reviews."""

    def retrieve(self, review: str) -> Review:
        """Return a review.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.REVIEWS, review, "review")

    def list(
        self, *, charge: str | None = None, **window: Unpack[Window]
    ) -> Listed[Review]:
        """Return a page of reviews, newest first, of a charge or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(self._database, lists.REVIEWS, window, charge=charge)

    def approve(self, review: str, *, actor: Actor, key: str | None = None) -> Review:
        """Close a review: the payment is fine.

        Raises:
            Refused: There is none, or it is closed already.
        """
        request = Request("reviews.approve", {"review": review}, actor, key)

        def act(tx: Transaction) -> Review:
            found = _recall(tx, review)
            if refusal := why_not_approve(found):
                raise Refused(refusal)
            return fraud.end(tx, found, Closed.APPROVED)

        return self._run(request, act, _recall, lambda found: found.id)


def _recall(tx: Transaction, review: str) -> Review:
    found = lists.find(tx.connection, lists.REVIEWS, review)
    if found is None:
        raise Refused(refusals.no_such("review", review, "review"))
    return found
