"""A store with everything in it that raw SQL is tried on."""

from bulks import run_out

from conftest import ADA, FUNDED
from store import Store
from store.event import Actor


def stock(store: Store) -> dict[str, str]:
    """Fill an empty store; return the ids that the names of the attacks stand for."""
    mia = Actor("mia")

    def pay(method: str = FUNDED, capture: str = "automatic") -> tuple[str, str]:
        paid = store.payment_intents.create(
            amount=5_000,
            currency="usd",
            payment_method=method,
            capture_method=capture,
            customer=ADA,
            actor=mia,
        ).payment
        assert paid.charge is not None
        return paid.id, paid.charge.id

    def refund_of(intent: str, amount: int, key: str) -> str:
        done = store.refunds.create(
            payment_intent=intent, amount=amount, actor=mia, key=key
        )
        return done.refund.id

    store.topups.create(amount=3_000, currency="usd", actor=mia)
    paid, charged = pay()
    held_intent, held = pay(capture="manual")
    _, disputed = pay()
    asked, _ = pay("pm_konbini")
    sent, dead = refund_of(paid, 2_000, "K"), refund_of(asked, 100, "D")
    store.refunds.cancel(dead, actor=mia)
    store.disputes.create(charge=disputed, inquiry=True, actor=mia)
    shared = store.payment_intents.create(
        amount=5_000,
        currency="usd",
        payment_method=FUNDED,
        transfer_data={"destination": "acct_1"},
        application_fee_amount=5_000,
        actor=mia,
    ).payment.charge
    assert shared is not None
    store.refunds.create(
        charge=shared.id,
        amount=3_000,
        reverse_transfer=True,
        refund_application_fee=True,
        actor=mia,
    )
    bought, missed = pay()[0], held_intent
    plan = store.bulk.plan(payments=[bought, missed])
    bulk = run_out(store, store.bulk.start(plan, actor=mia), mia)
    done, _ = store.bulk.items(bulk.id).rows
    names = {"CHARGE": charged, "HELD": held, "REFUND": sent, "DEAD": dead}
    names["SHARED"] = shared.id
    names |= {"BULK": bulk.id, "BOUGHT": bought, "MISSED": missed}
    names["DONE"] = done.refund or ""
    return names
