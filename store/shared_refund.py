"""Shared refund: what a refund of a shared charge takes from whom, by each choice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from store.connect import ConnectType
from store.money import Money, sums, zero


@dataclass(frozen=True, slots=True)
class SharedRefund:
    """What a refund takes from the platform and from the connected account.

    Nothing comes back that is not asked for: as the API and, by all reports, the
    Dashboard do, both choices begin as no.
    """

    type: ConnectType
    account: str
    money: Money
    """What is refunded, as it leaves the balance."""
    transfer: Money | None
    """What comes back of the transfer where that is asked; None where none was made."""
    fee: Money | None
    """What of the application fee goes back where that is asked; None without one."""
    reverse_transfer: bool = False
    refund_application_fee: bool = False

    def by(
        self, *, reverse_transfer: bool, refund_application_fee: bool
    ) -> "SharedRefund":
        """Return the same by these choices, as far as there is something to choose."""
        return replace(
            self,
            reverse_transfer=reverse_transfer and self.transfer is not None,
            refund_application_fee=refund_application_fee and self.fee is not None,
        )

    @property
    def reversed(self) -> Money:
        """Return what comes back from the connected account."""
        nothing = zero(self.money.currency)
        return (self.transfer if self.reverse_transfer else None) or nothing

    @property
    def fee_back(self) -> Money:
        """Return what goes back to the connected account."""
        nothing = zero(self.money.currency)
        return (self.fee if self.refund_application_fee else None) or nothing

    @property
    def platform_pays(self) -> Money:
        """Return what the refund costs the platform in the end."""
        if self.type is ConnectType.DIRECT:
            return self.fee_back
        return self.money - self.reversed + self.fee_back

    @property
    def parts(self) -> tuple[Money | None, Money | None]:
        """Return what either choice would come to; None where there is none."""
        return self.transfer, self.fee

    @property
    def told(self) -> str:
        """Return who pays, in a sentence."""
        back, fee = self.reversed, self.fee_back
        gives = f"{fee} of the application fee goes back to it" if fee else ""
        if self.type is ConnectType.DIRECT:
            keeps = "the platform keeps its application fee" if self.fee else ""
            said = [f"{self.account} pays {self.money}", gives or keeps]
        elif back:
            said = [
                f"{back} comes back from {self.account}",
                gives,
                f"the platform pays {self.platform_pays}",
            ]
        else:
            said = [
                f"the platform pays {self.platform_pays}",
                f"nothing comes back from {self.account}",
                gives,
            ]
        return ", ".join(filter(None, said))


def told_of(shares: Sequence[SharedRefund]) -> str:
    """Return who pays many refunds of shared charges, in a sentence."""
    direct = ConnectType.DIRECT
    back = _total(one.reversed for one in shares)
    fees = _total(one.fee_back for one in shares)
    theirs = _total(one.money for one in shares if one.type is direct)
    ours = _total(one.platform_pays for one in shares)
    reversible = any(one.type is not direct for one in shares)
    back = back or ("nothing" if reversible else "")
    return ", ".join(
        [
            *([f"{back} comes back from connected accounts"] if back else []),
            *([f"{theirs} is paid by connected accounts"] if theirs else []),
            *([f"{fees} of application fees goes back to them"] if fees else []),
            f"the platform pays {ours or 'nothing'}",
        ]
    )


def _total(amounts: Iterable[Money]) -> str:
    """Return the sum in each currency in words; nothing where there is none."""
    return " + ".join(str(one) for one in sums(amounts) if one)
