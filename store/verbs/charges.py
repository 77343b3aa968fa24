"""Charges: what was taken, attempt by attempt."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Unpack

from store.event import Actor
from store.lists.window import LISTED, Found, Listed, Window
from store.payment import Charge
from store.search.query import OF_CHARGES, read
from store.sql import lists, searches
from store.verbs import amend
from store.verbs.amend import Metadata, Words
from store.verbs.reading import page, retrieve
from store.verbs.write import Request, Verbs


class Charges(Verbs):
    """Verbs of charges."""

    def retrieve(self, charge: str) -> Charge:
        """Return a charge.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        return retrieve(self._database, lists.CHARGES, charge)

    def update(
        self,
        charge: str,
        *,
        actor: Actor,
        metadata: Metadata = None,
        description: str | None = None,
        receipt_email: str | None = None,
        extra: Mapping[str, object] | None = None,
        key: str | None = None,
        preview: bool = False,
    ) -> Charge:
        """Rewrite what is said of a charge; an empty text unsets it.

        Raises:
            Refused: There is no such charge, or the metadata breaks a limit.
        """
        words = Words(metadata, description, receipt_email, extra or {})
        params = {"charge": charge, **asdict(words)}
        return self._run(
            Request("charges.update", params, actor, key, preview=preview),
            lambda tx: amend.charge(tx, charge, words),
            lambda tx, _: amend.charge(tx, charge, Words()),
            lambda amended: amended.id,
        )

    def search(
        self, query: str, *, limit: int = LISTED, page: str | None = None
    ) -> Found[Charge]:
        """Return a page of what a query in the API's search syntax finds.

        Raises:
            Refused: The query cannot be read, or the page is none.
        """
        asked = read(query, "charges", OF_CHARGES)
        with self._database.read() as connection:
            return searches.search(connection, lists.CHARGES, asked, limit, page)

    def list(
        self,
        *,
        customer: str | None = None,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Charge]:
        """Return a page of charges, newest first, of a customer or intent or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        return page(
            self._database,
            lists.CHARGES,
            window,
            customer=customer,
            payment_intent=payment_intent,
        )
