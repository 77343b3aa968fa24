"""Connected accounts: what is their own of what the platform's store holds."""

from typing import Any, Unpack

from store.dispute import Dispute
from store.errors import Refused
from store.lists.window import Listed, Window, why_not
from store.payment import Charge, Intent
from store.refund import Refund
from store.sql import lists, owned
from store.sql.engine import Database
from store.verbs.reading import check_owners


class ConnectedAccounts:
    """Read verbs in the name of a connected account: its direct charges, and theirs."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def is_known(self, account: str) -> bool:
        """Tell whether an account has ever held money here, or shared a charge."""
        with self._database.read() as connection:
            return owned.is_known(connection, account)

    def owner(self, given: str) -> str | None:
        """Return the account whose own an object is; None is the platform."""
        with self._database.read() as connection:
            return owned.owner(connection, given)

    def charges(
        self,
        account: str,
        *,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Charge]:
        """Return a page of an account's own charges, newest first."""
        return self._page(lists.CHARGES, account, window, payment_intent=payment_intent)

    def payment_intents(self, account: str, **window: Unpack[Window]) -> Listed[Intent]:
        """Return a page of the payment intents of an account's own charges."""
        return self._page(lists.INTENTS, account, window)

    def refunds(
        self,
        account: str,
        *,
        charge: str | None = None,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Refund]:
        """Return a page of the refunds of an account's own charges."""
        of = {"charge": charge, "payment_intent": payment_intent}
        return self._page(lists.REFUNDS, account, window, **of)

    def disputes(
        self,
        account: str,
        *,
        charge: str | None = None,
        payment_intent: str | None = None,
        **window: Unpack[Window],
    ) -> Listed[Dispute]:
        """Return a page of the disputes of an account's own charges."""
        of = {"charge": charge, "payment_intent": payment_intent}
        return self._page(lists.DISPUTES, account, window, **of)

    def _page(
        self, kind: lists.Kind[Any], account: str, window: Window, **equal: str | None
    ) -> Listed[Any]:
        """Return a page of what is an account's own.

        Raises:
            Refused: The window is none, its cursor unknown, or an id of another kind.
        """
        if refusal := why_not(window):
            raise Refused(refusal)
        check_owners(**equal)
        own = owned.of_account(kind.name, account)
        with self._database.read() as connection:
            return lists.listed(connection, kind, window, own, **equal)
