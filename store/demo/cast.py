"""The cast: hand-written stories, at least one for every state that verbs can reach."""

from store.demo.card_stories import ON_CARDS
from store.demo.method_stories import AUTHORISED, ON_OTHER_METHODS
from store.demo.names import HOSTILE
from store.demo.story import (
    MIA,
    TOM,
    Refunding,
    Story,
    ToppingUp,
    ago,
    eur,
    jpy,
    kwd,
    usd,
)

OPENING = (
    ToppingUp(ago(61), usd(250_000)),
    ToppingUp(ago(61), jpy(60_000)),
    ToppingUp(ago(61), kwd(90_000)),
    ToppingUp(ago(58), eur(20_000)),
    ToppingUp(ago(12), usd(50_000)),
)
"""The holder's own money; the euros come after a refund began to wait for them."""

WAITING_FOR_EUROS = (
    Story(
        ago(60),
        "Olga Petrov",
        "olga@example.com",
        eur(9_000),
        deeds=(Refunding(ago(59)),),
    ),
    Story(
        ago(1, 5),
        "Ann Meyer",
        "ann@example.com",
        eur(186_000),
        deeds=(Refunding(ago(hours=3, minutes=40), by=TOM),),
        description="Trade fair stand",
    ),
    Story(
        ago(1, 2),
        "Kim Ng",
        "kim@example.org",
        eur(31_000),
        "pm_card_mastercard",
        (Refunding(ago(hours=2, minutes=30), by=MIA),),
    ),
    Story(
        ago(1, 4),
        "Kamal Haddad",
        "kamal@example.org",
        eur(12_000),
        deeds=(Refunding(ago(hours=1, minutes=15), 5_000, by=TOM),),
    ),
)
"""The first was released by a top-up long ago; the others wait, oldest first."""

FROM_EVERYWHERE = tuple(
    Story(
        ago(2, hours=20 - number % 20, minutes=number * 2),
        name,
        f"guest{number}@example.net",
        usd(1_100 + 370 * number),
        ("pm_card_visa", "pm_card_mastercard", "pm_card_amex")[number % 3],
        (Refunding(ago(1, minutes=number), 500),) if number % 4 == 0 else (),
    )
    for number, name in enumerate(HOSTILE)
)
"""Every hostile name once, some of them with a refund."""

SAME_STAN = ("hanako@example.org", "sami@example.com")
"""Whose refunds banks trace by one STAN: six digits come round again."""

CAST = (
    *ON_CARDS,
    *AUTHORISED,
    *ON_OTHER_METHODS,
    *WAITING_FOR_EUROS,
    *FROM_EVERYWHERE,
)
