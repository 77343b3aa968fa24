"""Captures: what a charge that was captured in part says was let go, and refunded.

Old versions list the rest of the authorisation as a refund and count it as refunded;
those of 2026 do neither. Both mean the same: the rest was released, not refunded.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from store.intake.fields import Fields
from store.payment import Charge
from store.refund import Reason, Refund, RefundStatus

RELEASED = "amount_released"
"""Our own exports say so what was released: then no refund is the release."""
RELEASE = "release"
"""Where a charge keeps which refund was its release, in what is kept beside it."""
NOT_SEEN = "not seen"
"""That is so where the charge counts a release whose refund did not come yet."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one sighting of a charge says of its capture and its refunds.

    `captured` is None where the version does not say it, `listed` where the refunds
    are not listed, or not all of them.
    """

    captured: int | None
    refunded: int
    is_whole: bool | None = None
    listed: frozenset[str] | None = None
    is_ours: bool = False


@dataclass(frozen=True, slots=True)
class Around:
    """What else is known of a charge: its intent, its money, its refunds."""

    received: int | None = None
    """What its intent received."""
    income: int | None = None
    """What its balance transaction brought, in its own currency."""
    new: tuple[Refund, ...] = ()
    """Refunds of the file that are not counted as the charge's yet."""
    known: tuple[Refund, ...] = ()
    """Refunds that are counted as the charge's."""
    released: str | None = None
    """The refund that was taken for the release before."""
    moved: Mapping[str, int] = field(default_factory=dict)
    """What the balance transactions of new refunds moved, by refund."""
    before: int | None = None
    """How much of the charge counted as refunded before."""


def told_of(data: Mapping[str, object]) -> Told | None:
    """Return what a charge says; None where it says nothing of a part."""
    fields = Fields(data)
    amount = fields.number("amount", 0)
    refunded = fields.number("amount_refunded", 0)
    captured = data.get("amount_captured")
    taken = captured if isinstance(captured, int) else None
    if not fields.flag("captured", default=True) or taken == amount:
        return None
    if taken is None and not refunded:
        return None
    whole = data.get("refunded")
    return Told(
        taken,
        refunded,
        whole if isinstance(whole, bool) else None,
        _listed(data.get("refunds")),
        is_ours=RELEASED in data,
    )


def _listed(refunds: object) -> frozenset[str] | None:
    """Return the refunds that a charge lists, where it lists all of them."""
    more = isinstance(refunds, Mapping) and refunds.get("has_more")
    members = refunds.get("data") if isinstance(refunds, Mapping) else refunds
    if more or not isinstance(members, list):
        return None
    return frozenset(str(one.get("id")) for one in members if isinstance(one, Mapping))


def captured_of(charge: Charge, told: Iterable[Told], around: Around) -> int:
    """Return what was captured of a charge, from whoever says it."""
    whole = charge.money.amount
    said = [one.captured for one in told if one.captured is not None]
    if said:
        return max(said)
    if around.received and around.received <= whole:
        return around.received
    bare = [one for one in around.new if _gave_nothing_back(one)]
    first = min(bare, key=_age, default=None)
    if first and first.money.amount < whole:
        return whole - first.money.amount
    return min(whole, around.income or whole)


def release_of(charge: Charge, told: Iterable[Told], around: Around) -> Refund | None:
    """Return the refund that only let the rest of the authorisation go, if any is."""
    rest = charge.money.amount - charge.amount_captured
    alike = [one for one in around.new if one.money.amount == rest]
    if kept := [one for one in alike if one.id == around.released]:
        return kept[0]
    bare = [one for one in alike if _gave_nothing_back(one)]
    counted = [
        one
        for one in alike
        if _may_be_a_release(one)
        and any(_counts(sighting, one, charge) for sighting in told)
        and not _was_paid_back(one, charge, around)
    ]
    return min(bare or counted, key=_age, default=None)


def is_release(refund: Refund, charge: Charge) -> bool:
    """Tell whether a refund gave back nothing but the rest that was not captured."""
    rest = charge.money.amount - charge.amount_captured
    alike = charge.captured and refund.money.amount == rest
    waits = charge.extra.get(RELEASE) == NOT_SEEN and _may_be_a_release(refund)
    return refund.reason is Reason.EXPIRED_UNCAPTURED_CHARGE or (
        alike and (waits or _gave_nothing_back(refund))
    )


def refunded_of(
    charge: Charge, told: Iterable[Told], release: Refund | None, around: Around
) -> int:
    """Return what was refunded of the captured money, as the charge reports it."""
    return max((_refunded(charge, one, release, around) for one in told), default=0)


def counts_release(
    charge: Charge, told: Iterable[Told], release: Refund | None, around: Around
) -> bool:
    """Tell whether a charge reports more than was refunded: its release, too."""
    return any(
        one.refunded > _refunded(charge, one, release, around) and not one.is_ours
        for one in told
    )


def with_release(charge: Charge, release: str) -> Charge:
    """Return a charge that keeps which refund was its release."""
    return replace(charge, extra={**charge.extra, RELEASE: release})


def _refunded(
    charge: Charge, told: Told, release: Refund | None, around: Around
) -> int:
    captured, said = charge.amount_captured, told.refunded
    rest = charge.money.amount - captured
    without = max(0, said - rest)
    if told.is_ours or not rest:
        return min(said, captured)
    if said > captured:
        return min(without, captured)
    if said == captured and told.is_whole is not None:
        return said if told.is_whole else without
    if release is not None:
        listed = told.listed is None or release.id in told.listed
        return without if listed and said >= rest else said
    live = [one for one in (*around.known, *around.new) if one.is_live]
    explained = sum(one.money.amount for one in live)
    if said == explained and told.captured is not None:
        return said
    if told.captured is None or said - explained == rest or around.before == without:
        return without if said >= rest else said
    return said


def _age(refund: Refund) -> tuple[object, str]:
    return (refund.created, refund.id)


def _gave_nothing_back(refund: Refund) -> bool:
    """Tell whether no money moved for a refund that succeeded."""
    if refund.reason is Reason.EXPIRED_UNCAPTURED_CHARGE:
        return True
    return _may_be_a_release(refund) and refund.balance_transaction is None


def _may_be_a_release(refund: Refund) -> bool:
    """Tell whether nothing about a refund says that somebody asked for it."""
    said = (refund.reason, refund.receipt_number, refund.metadata)
    asked = any(said) or refund.transfer_reversal is not None
    return refund.status is RefundStatus.SUCCEEDED and not asked


def _counts(told: Told, refund: Refund, charge: Charge) -> bool:
    """Tell whether a sighting of a charge may count a refund as its release."""
    rest = charge.money.amount - charge.amount_captured
    all_captured = told.is_whole and told.refunded == charge.amount_captured
    if told.is_ours or told.refunded < rest or all_captured:
        return False
    return told.listed is None or refund.id in told.listed


def _was_paid_back(refund: Refund, charge: Charge, around: Around) -> bool:
    """Tell whether the balance had what was captured, and gave this much back."""
    gone = around.moved.get(refund.id)
    return around.income == charge.amount_captured and gone == -refund.money.amount
