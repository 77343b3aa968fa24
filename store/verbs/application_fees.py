"""Application fees: the platform's part of a charge is given back."""

from store.event import Actor
from store.sql import pulled
from store.transfer import PulledBack
from store.verbs import taking_back
from store.verbs.amend import Metadata
from store.verbs.parts import FeeParts, any_back
from store.verbs.write import Request, Verbs


class ApplicationFees(Verbs, FeeParts):
    """Verbs of application fees; they are collected with their charge."""

    def refund(
        self,
        fee: str,
        *,
        amount: int | None = None,
        metadata: Metadata = None,
        actor: Actor,
        key: str | None = None,
        preview: bool = False,
    ) -> PulledBack:
        """Give `amount` of a fee back, or all that is left, without a refund.

        Raises:
            Refused: There is no such fee, or not so much is left of it.
        """
        asked = taking_back.Asked(fee, amount, metadata)
        request = Request(
            "application_fees.refund", asked.params(), actor, key, preview=preview
        )
        return self._run(
            request,
            lambda tx: taking_back.give_back(tx, asked),
            lambda tx, back: any_back(tx.connection, pulled.FEES, back),
            lambda back: back.id,
        )
