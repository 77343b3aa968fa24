"""Shared refund: what a refund of a shared charge takes from whom, by each choice."""

from dataclasses import dataclass

from store.connect import ConnectType
from store.money import Money, zero


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


def summed(shares: "list[SharedRefund]") -> dict[str, tuple[Money, Money]]:
    """Return for each currency what comes back of transfers and goes back of fees."""
    sums: dict[str, tuple[Money, Money]] = {}
    for one in shares:
        currency = one.money.currency
        back, fee = sums.get(currency, (zero(currency), zero(currency)))
        transfer, given = one.transfer or zero(currency), one.fee or zero(currency)
        sums[currency] = (back + transfer, fee + given)
    return sums
