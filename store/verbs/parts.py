"""Parts: transfers and application fees are read, and what was pulled back of them."""

from dataclasses import replace
from typing import Unpack

from store import refusals
from store.errors import Refused
from store.lists.window import Listed, Window
from store.payment import Charge
from store.sql import Connection, lists, pulled, shared
from store.sql.engine import Database
from store.sql.pulled import Part
from store.transfer import ApplicationFee, PulledBack, Transfer
from store.verbs.reading import check_owners


class Parts:
    """What both kinds of parts can be asked."""

    _part: Part

    def __init__(self, database: Database) -> None:
        self._database = database

    def _charge(self, connection: Connection, given: str) -> Charge:
        return charge_of(connection, self._part, given)

    def back(self, given: str, back: str) -> PulledBack:
        """Return one reversal or refund of a part.

        Raises:
            Refused: There is no such part, or none such of it.
        """
        kind = self._part.backs
        with self._database.read() as connection:
            self._charge(connection, given)
            found = lists.find(connection, kind, back)
            if found is None or found.pulled.of != given:
                raise Refused(refusals.no_such(kind.name, back, "id"))
            return _moved(connection, (found,))[0]

    def any_back(self, back: str) -> PulledBack:
        """Return a reversal or refund by its own id alone.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            return any_back(connection, self._part, back)

    def backs(self, given: str, **window: Unpack[Window]) -> Listed[PulledBack]:
        """Return a page of what was pulled back of a part, newest first.

        Raises:
            Refused: There is no such part, the cursor is unknown, or there are two.
        """
        with self._database.read() as connection:
            self._charge(connection, given)
            found = lists.listed(connection, self._part.backs, window, of=given)
            return replace(found, data=_moved(connection, found.data))


def charge_of(connection: Connection, part: Part, given: str) -> Charge:
    """Return the charge that a transfer or an application fee is of.

    Raises:
        Refused: There is no such part (`resource_missing`).
    """
    found = pulled.charge(connection, part, given)
    if found is None:
        raise Refused(refusals.no_such(part.name, given, "id"))
    return found


def any_back(connection: Connection, part: Part, back: str) -> PulledBack:
    """Return a reversal or refund of any such part, by its own id.

    Raises:
        Refused: There is none (`resource_missing`).
    """
    found = lists.find(connection, part.backs, back)
    if found is None:
        raise Refused(refusals.no_such(part.backs.name, back, "id"))
    return _moved(connection, (found,))[0]


def _moved(
    connection: Connection, backs: tuple[PulledBack, ...]
) -> tuple[PulledBack, ...]:
    by = pulled.moved(connection, backs)
    return tuple(replace(one, movement=by.get(one.id)) for one in backs)


class TransferParts(Parts):
    """Read verbs of transfers."""

    _part = pulled.TRANSFERS

    def retrieve(self, transfer: str) -> Transfer:
        """Return a transfer.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            return _transfer(connection, self._charge(connection, transfer))

    def list(
        self, *, destination: str | None = None, **window: Unpack[Window]
    ) -> Listed[Transfer]:
        """Return a page of transfers, newest first, to one account or to all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        with self._database.read() as connection:
            check_owners(destination=destination)
            to = pulled.to(destination)
            found = pulled.page(connection, self._part, window, *to)
            data = tuple(_transfer(connection, one) for one in found)
            return Listed(data, found.has_more)


class FeeParts(Parts):
    """Read verbs of application fees."""

    _part = pulled.FEES

    def retrieve(self, fee: str) -> ApplicationFee:
        """Return an application fee.

        Raises:
            Refused: There is none (`resource_missing`).
        """
        with self._database.read() as connection:
            return _fee(connection, self._charge(connection, fee))

    def list(
        self, *, charge: str | None = None, **window: Unpack[Window]
    ) -> Listed[ApplicationFee]:
        """Return a page of application fees, newest first, of one charge or of all.

        Raises:
            Refused: The cursor is unknown, or there are two.
        """
        with self._database.read() as connection:
            check_owners(charge=charge)
            of = pulled.of(charge)
            found = pulled.page(connection, self._part, window, *of)
            data = tuple(_fee(connection, one) for one in found)
            return Listed(data, found.has_more)


def _transfer(connection: Connection, charge: Charge) -> Transfer:
    share = charge.share
    back = shared.pulled(connection, shared.TRANSFERS, charge.id)
    elsewhere = share.reversed_elsewhere if share else 0
    given = (share and share.transfer) or charge.id
    return Transfer(given, charge, back + elsewhere)


def _fee(connection: Connection, charge: Charge) -> ApplicationFee:
    share = charge.share
    back = shared.pulled(connection, shared.FEES, charge.id)
    elsewhere = share.fee_refunded_elsewhere if share else 0
    given = (share and share.fee) or charge.id
    return ApplicationFee(given, charge, back + elsewhere)
