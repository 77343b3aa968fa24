"""Owned: which objects are a connected account's own, and which accounts are known."""

from sqlalchemy import ColumnElement, Connection, Select, bindparam, exists, select

from store.connect import ConnectType
from store.sql.tables import ACCOUNT, CHARGE, DISPUTE, INTENT, MOVEMENT, REFUND

_DIRECT = CHARGE.c.connect_type == ConnectType.DIRECT.value


def is_known(connection: Connection, account: str) -> bool:
    """Tell whether an account has ever held money here, or shared a charge."""
    for column in (ACCOUNT.c.holder, CHARGE.c.connected_account):
        if connection.execute(select(exists().where(column == account))).scalar():
            return True
    return False


def owner(connection: Connection, given: str) -> str | None:
    """Return the account whose own an object is; None where it is the platform's."""
    query = _OWNERS.get(given.partition("_")[0])
    if query is None:
        return None
    found = connection.execute(query, {"given": given}).scalars().first()
    return str(found) if found else None


def of_account(noun: str, account: str) -> ColumnElement[bool]:
    """Return what holds for those objects of a noun that are an account's own."""
    own = select(CHARGE.c.id).where(_DIRECT, CHARGE.c.connected_account == account)
    match noun:
        case "charge":
            return CHARGE.c.id.in_(own)
        case "payment_intent":
            return INTENT.c.id.in_(own.with_only_columns(CHARGE.c.payment_intent))
        case "refund":
            return REFUND.c.charge.in_(own)
        case _:
            return DISPUTE.c.charge.in_(own)


def _by(column: ColumnElement[str]) -> Select[tuple[str]]:
    return select(CHARGE.c.connected_account).where(
        _DIRECT, column == bindparam("given")
    )


_CHARGE = _by(CHARGE.c.id)
_REFUND = _by(REFUND.c.id).join(REFUND, REFUND.c.charge == CHARGE.c.id)
_OWNERS: dict[str, Select[tuple[str]]] = {
    "ch": _CHARGE,
    "py": _CHARGE,
    "pi": _by(CHARGE.c.payment_intent),
    "re": _REFUND,
    "pyr": _REFUND,
    "du": _by(DISPUTE.c.id).join(DISPUTE, DISPUTE.c.charge == CHARGE.c.id),
    "txn": select(MOVEMENT.c.holder).where(MOVEMENT.c.id == bindparam("given")),
}
